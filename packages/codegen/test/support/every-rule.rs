//! A bit of everything that is read, for tests that break it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap as Map, HashSet};

type Result<T, E = AppError> = std::result::Result<T, E>;
type Maybe<T> = Option<T>;

/** An order,
 *  as it is kept. */
#[derive(Serialize, Deserialize)]
#[forge::model]
#[serde(rename_all = "camelCase")]
pub struct Order<'a, T: Clone = i32, const N: usize = 2>
where
    T: Send,
{
    /// Who it is.
    pub id: Uuid,
    #[serde(rename = "from-at", default, skip_serializing_if = "Option::is_none")]
    pub from_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub rest: Map<String, serde_json::Value>,
    pub r#type: std::borrow::Cow<'a, str>,
    pub lines: Vec<(u32, Maybe<T>)>,
    pub codes: [u8; 4],
    pub window: [T; N],
    pub next: Option<Box<Self>>,
    #[serde(skip)]
    pub cache: std::sync::Arc<dyn Fn(i32) -> i32>,
    #[serde(with = "chrono::serde::ts_seconds")]
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Event {
    Created { by_user: Uuid },
    #[serde(rename = "paid")]
    HasBeenPaid(Payment),
    #[serde(other)]
    Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Payment {
    Card { number: String },
    Cash { amount: Amount },
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Amount(Decimal);

#[forge_enum]
pub enum Priority {
    Low = 1,
    VeryHigh = 10,
}

pub struct AppError;

pub mod api {
    use super::*;

    /// All of somebody's.
    #[forge::query(cache = "30s")]
    pub async fn list_orders<'a>(
        ctx: &'a QueryContext,
        priority: Option<Priority>,
        #[allow(unused)] mut tags: HashSet<String>,
    ) -> Result<Page<Order<'a>>> {
        let found = sqlx::query!(r#"select "id" from orders"#).fetch_all(ctx.db()).await?;
        Ok(found.into_iter().filter(|it| it.id > 0 && tags.len() < 3).collect::<Vec<_>>())
    }

    #[job(name = "orders.export")]
    async fn export(_: &JobContext, input: ExportInput) -> Result<BTreeMap<Priority, Event>, ForgeError> {
        unimplemented!("{}", input.name)
    }

    #[derive(Serialize, Deserialize)]
    pub struct ExportInput {
        #[serde(alias = "title")]
        name: String,
        file: Upload,
    }
}

macro_rules! handlers {
    ($($name:ident),*) => { $(#[query] fn $name() {})* };
}

#[cfg(test)]
mod tests {
    #[query]
    fn only_here() -> Mystery {}
}
