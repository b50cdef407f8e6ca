//! Jobs that end well, are tried again, give up, or are cancelled.

use std::time::Duration;

use forge::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Csv,
    Json,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExportResult {
    pub format: ExportFormat,
    pub rows: i32,
}

/// Tells its progress in ten parts, of a tenth of a second each.
#[forge::job(auth = "none")]
pub async fn export_users(ctx: &JobContext, format: ExportFormat) -> Result<ExportResult> {
    for part in 1..=10u8 {
        ctx.progress(part * 10, format!("part {part}"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(ExportResult { format, rows: 10 })
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountdownArgs {
    pub seconds: i32,
}

/// Tells its progress each second, until it is done or cancelled.
#[forge::job]
pub async fn countdown(ctx: &JobContext, args: CountdownArgs) -> Result<i32> {
    for second in 1..=args.seconds {
        let percent = second * 100 / args.seconds;
        ctx.progress(u8::try_from(percent).unwrap_or(100), format!("second {second}"))?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        ctx.check_cancelled().await?;
    }
    Ok(args.seconds)
}
