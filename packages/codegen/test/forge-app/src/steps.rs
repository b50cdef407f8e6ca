//! Workflows of steps: one that waits, one that fails, one that undoes its steps.

use std::sync::Arc;
use std::time::Duration;

use forge::prelude::*;
use serde_json::json;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUpInput {
    pub email_address: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUpOutput {
    pub email_address: String,
    pub is_confirmed: bool,
}

/// Two steps, and between them the event that `confirm` brings.
#[forge::workflow(version = "1", auth = "none")]
pub async fn sign_up(ctx: &WorkflowContext, input: SignUpInput) -> Result<SignUpOutput> {
    if !ctx.is_step_completed("send_mail") {
        ctx.record_step_start("send_mail").await?;
        let sent = json!({ "to": input.email_address });
        ctx.record_step_complete("send_mail", sent).await?;
    }
    let timeout = Some(Duration::from_secs(600));
    let is_confirmed: bool = ctx.wait_for_event("confirmed", timeout).await?;
    if !ctx.is_step_completed("open_account") {
        ctx.record_step_start("open_account").await?;
        ctx.record_step_complete("open_account", json!(is_confirmed))
            .await?;
    }
    Ok(SignUpOutput {
        email_address: input.email_address,
        is_confirmed,
    })
}

/// What `sign_up` waits for.
#[forge::mutation(auth = "none")]
pub async fn confirm(ctx: &MutationContext, run_id: Uuid, is_confirmed: bool) -> Result<()> {
    let mut conn = ctx.conn().await?;
    sqlx::query(
        "INSERT INTO forge_workflow_events (id, event_name, correlation_id, payload)
         VALUES (gen_random_uuid(), 'confirmed', $1, $2)",
    )
    .bind(run_id.to_string())
    .bind(json!(is_confirmed))
    .execute(&mut *conn)
    .await?;
    Ok(())
}

/// Its second step fails.
#[forge::workflow(version = "1", auth = "none")]
pub async fn break_down(ctx: &WorkflowContext, reason: String) -> Result<String> {
    ctx.record_step_start("drive").await?;
    ctx.record_step_complete("drive", json!("50 km")).await?;
    ctx.record_step_start("arrive").await?;
    ctx.record_step_failure("arrive", reason.as_str()).await?;
    Err(ForgeError::validation(reason))
}

/// Its second step fails, and the first is undone.
#[forge::workflow(version = "1", auth = "none")]
pub async fn book_trip(ctx: &WorkflowContext, city: String) -> Result<String> {
    ctx.record_step_start("book_flight").await?;
    ctx.record_step_complete("book_flight", json!(city)).await?;
    ctx.register_compensation(
        "book_flight",
        Arc::new(|_flight| Box::pin(async { Ok(()) })),
    );
    ctx.record_step_start("book_hotel").await?;
    ctx.record_step_failure("book_hotel", "no room is free")
        .await?;
    ctx.run_compensation().await;
    Err(ForgeError::validation(format!("no room is free in {city}")))
}
