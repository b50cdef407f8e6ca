//! What not everybody may ask, and what is refused.

use forge::prelude::*;

/// Who asks, by the token.
#[forge::query]
pub async fn who_am_i(ctx: &QueryContext) -> Result<Option<String>> {
    Ok(ctx.auth.subject().map(str::to_owned))
}

#[forge::query(require_role("admin"))]
pub async fn ask_admin(_ctx: &QueryContext, question: String) -> Result<String> {
    Ok(question)
}

#[forge::mutation(require_role("admin"))]
pub async fn tell_admin(_ctx: &MutationContext, news: String) -> Result<String> {
    Ok(news)
}

#[forge::job(require_role("admin"))]
pub async fn run_admin(_ctx: &JobContext, task: String) -> Result<String> {
    Ok(task)
}

/// Refuses odd numbers.
#[forge::mutation(auth = "none")]
pub async fn halve(_ctx: &MutationContext, number: i32) -> Result<i32> {
    if number % 2 == 0 {
        return Ok(number / 2);
    }
    Err(ForgeError::validation(format!("{number} is odd")))
}

/// Finds nothing.
#[forge::query(auth = "none")]
pub async fn find(_ctx: &QueryContext, name: String) -> Result<()> {
    Err(ForgeError::not_found(name))
}
