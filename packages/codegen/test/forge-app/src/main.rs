//! A server of Forge 0.10.2, with functions over every shape that its macros take.

mod access;
mod jobs;
mod lives;
mod mutations;
mod notes;
mod queries;
mod steps;
mod types;
mod uploads;
mod workflows;

use forge::prelude::*;

#[tokio::main]
async fn main() -> Result<()> {
    let config = ForgeConfig::from_file("forge.toml")?;
    Forge::builder()
        .auto_register()
        .register_job::<lives::HoldSeat>()
        .config(config)
        .build()?
        .run()
        .await
}
