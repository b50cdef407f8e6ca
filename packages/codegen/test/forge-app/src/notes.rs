//! A table, a query that is live over it, and what changes it.

use forge::prelude::*;

#[derive(Debug, Clone, Serialize, Deserialize, sqlx::FromRow)]
pub struct Note {
    pub topic: String,
    pub text: String,
}

/// It names its table: Forge's macro finds tables in `sqlx::query_as!` alone.
#[forge::query(auth = "none", tables("notes"))]
pub async fn list_notes(ctx: &QueryContext, topic: String) -> Result<Vec<Note>> {
    sqlx::query_as("SELECT topic, text FROM notes WHERE topic = $1 ORDER BY id")
        .bind(topic)
        .fetch_all(ctx.db())
        .await
        .map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn add_note(ctx: &MutationContext, topic: String, text: String) -> Result<Note> {
    let mut conn = ctx.conn().await?;
    sqlx::query_as("INSERT INTO notes (topic, text) VALUES ($1, $2) RETURNING topic, text")
        .bind(topic)
        .bind(text)
        .fetch_one(&mut *conn)
        .await
        .map_err(Into::into)
}
