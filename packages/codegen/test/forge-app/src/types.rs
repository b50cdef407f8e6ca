//! Every shape that an argument can have.

use std::collections::HashMap;

use forge::prelude::*;

#[forge::forge_enum]
pub enum ExportFormat {
    Csv,
    ExcelSheet,
}

/// A variant is the key of what it carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Shape {
    Point,
    Circle(f64),
    Line(i32, i32),
    Label { font_size: i32 },
}

/// Its variants are called as the server calls what it unwraps.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Input(String),
    Args(Vec<String>),
    Stdin,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pet {
    Dog { leash_length: f64 },
    Goldfish,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Message {
    Text(String),
    Picture { alt_text: String },
    Empty,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Amount {
    Count(i32),
    Words(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    pub first_name: String,
    pub nick_name: Option<String>,
    pub home: Address,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    #[serde(rename = "numbers")]
    pub house_numbers: Vec<i32>,
}

/// Some of it may be left out; since it is never given back, its type says so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Guest {
    pub first_name: String,
    pub nick_name: Option<String>,
    #[serde(default)]
    pub lucky_numbers: Vec<i32>,
}

/// Nothing in it has to be given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Filter {
    pub name_part: Option<String>,
    pub min_age: Option<i32>,
}

/// What a job takes that takes nothing: Forge hands it `{}`, which is no `()`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NothingArgs {}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchArgs {
    pub search_text: String,
    pub limit: Option<i32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RenameInput {
    pub old_name: String,
    pub new_name: String,
}

/// Its one member is called as what the server unwraps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prompt {
    pub input: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Command {
    pub args: Vec<String>,
}

/// It is such an object when the rest is left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    pub input: Option<String>,
    pub style: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Label(pub String);

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    pub page_items: Vec<T>,
    pub next_cursor: Option<String>,
}

/// The macros do not see through it.
pub type Ids = Vec<Uuid>;

pub type Scores = HashMap<String, i32>;
