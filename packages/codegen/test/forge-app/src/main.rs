//! A server of Forge 0.10.2, with functions over every shape that its macros take.

mod jobs;
mod notes;
mod uploads;
mod workflows;

use forge::prelude::*;

#[tokio::main]
async fn main() -> Result<()> {
    let config = ForgeConfig::from_file("forge.toml")?;
    Forge::builder().auto_register().config(config).build()?.run().await
}
