//! Workflows of steps.

use std::time::Duration;

use forge::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUpInput {
    pub email: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUpOutput {
    pub email: String,
    pub confirmed: bool,
}

/// Two steps, and an event that `confirm` brings.
#[forge::workflow(name = "sign_up", version = "1", active, auth = "none")]
pub async fn sign_up(ctx: &WorkflowContext, input: SignUpInput) -> Result<SignUpOutput> {
    if !ctx.is_step_completed("send_mail") {
        ctx.record_step_start("send_mail").await?;
        ctx.record_step_complete("send_mail", serde_json::json!({ "to": input.email })).await?;
    }
    let confirmed: bool =
        ctx.wait_for_event("confirmed", Some(Duration::from_secs(600))).await?;
    if !ctx.is_step_completed("open_account") {
        ctx.record_step_start("open_account").await?;
        ctx.record_step_complete("open_account", serde_json::json!(confirmed)).await?;
    }
    Ok(SignUpOutput { email: input.email, confirmed })
}

/// What `sign_up` waits for.
#[forge::mutation(auth = "none")]
pub async fn confirm(ctx: &MutationContext, run_id: Uuid, confirmed: bool) -> Result<()> {
    let mut conn = ctx.conn().await?;
    sqlx::query(
        "INSERT INTO forge_workflow_events (id, event_name, correlation_id, payload)
         VALUES (gen_random_uuid(), 'confirmed', $1, $2)",
    )
    .bind(run_id.to_string())
    .bind(serde_json::json!(confirmed))
    .execute(&mut *conn)
    .await?;
    Ok(())
}
