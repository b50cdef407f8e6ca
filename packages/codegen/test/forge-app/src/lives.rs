//! Jobs that tell their progress, are tried again, give up, are cancelled, or undo what they did.

use std::pin::Pin;
use std::time::Duration;

use __forge_handler_hold_seat::HoldSeatJob;
use forge::prelude::*;

use crate::types::ExportFormat;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExportResult {
    pub file_format: ExportFormat,
    pub row_count: i32,
}

/// Tells its progress in ten parts, of a tenth of a second each.
#[forge::job(auth = "none")]
pub async fn export_users(ctx: &JobContext, format: ExportFormat) -> Result<ExportResult> {
    for part in 1..=10u8 {
        ctx.progress(part * 10, format!("part {part}"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(ExportResult {
        file_format: format,
        row_count: 10,
    })
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountdownArgs {
    pub seconds: i32,
}

/// Tells its progress each second, until it is done or cancelled. It belongs to who has started it.
#[forge::job]
pub async fn countdown(ctx: &JobContext, args: CountdownArgs) -> Result<i32> {
    for second in 1..=args.seconds {
        let percent = second * 100 / args.seconds;
        ctx.progress(
            u8::try_from(percent).unwrap_or(100),
            format!("second {second}"),
        )?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        ctx.check_cancelled().await?;
    }
    Ok(args.seconds)
}

/// Does not succeed at first.
#[forge::job(auth = "none", retry(max_attempts = 2, backoff = "fixed"))]
pub async fn flaky(ctx: &JobContext, label: String) -> Result<String> {
    if ctx.is_retry() {
        return Ok(format!("{label}, at attempt {}", ctx.attempt));
    }
    Err(ForgeError::internal("the first attempt fails"))
}

/// Never succeeds.
#[forge::job(auth = "none", retry(max_attempts = 1))]
pub async fn hopeless(_ctx: &JobContext, label: String) -> Result<String> {
    Err(ForgeError::validation(format!("{label} cannot be done")))
}

/// Gives nothing.
#[forge::job(auth = "none")]
pub async fn silent(ctx: &JobContext, label: String) -> Result<()> {
    ctx.progress(100, label)
}

/// Waits until it is cancelled; `HoldSeat` then notes that it was.
#[forge::job(auth = "none", register = false)]
pub async fn hold_seat(ctx: &JobContext, seat: String) -> Result<String> {
    for _ in 0..600 {
        ctx.progress(50, format!("holding {seat}"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        ctx.check_cancelled().await?;
    }
    Ok(seat)
}

/// By hand, since what the macro makes of `compensate` lacks a lifetime.
pub struct HoldSeat;

impl forge::forge_core::__sealed::Sealed for HoldSeat {}

impl ForgeJob for HoldSeat {
    type Args = <HoldSeatJob as ForgeJob>::Args;
    type Output = <HoldSeatJob as ForgeJob>::Output;

    fn info() -> forge::forge_core::job::JobInfo {
        HoldSeatJob::info()
    }

    fn execute(
        ctx: &JobContext,
        seat: String,
    ) -> Pin<Box<dyn Future<Output = Result<String>> + Send + '_>> {
        HoldSeatJob::execute(ctx, seat)
    }

    fn compensate<'a>(
        ctx: &'a JobContext,
        seat: String,
        reason: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            sqlx::query("INSERT INTO notes (topic, text) VALUES ($1, $2)")
                .bind(seat)
                .bind(reason)
                .execute(&mut *ctx.conn().await?)
                .await?;
            Ok(())
        })
    }
}

/// The one way by which a client can cancel a job.
#[forge::mutation(auth = "none")]
pub async fn cancel(ctx: &MutationContext, job_id: Uuid, reason: Option<String>) -> Result<bool> {
    ctx.cancel_job(job_id, reason).await
}
