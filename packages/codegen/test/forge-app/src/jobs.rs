//! Jobs that give back what they were started with.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use forge::prelude::*;

use crate::types::{
    Amount, Command, Draft, ExportFormat, Filter, Guest, Ids, Label, Message, NothingArgs, Page,
    Person, Pet, Prompt, RenameInput, Scores, SearchArgs, Shape, Source,
};

#[forge::job(auth = "none")]
pub async fn run_text(_ctx: &JobContext, value: String) -> Result<String> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_int(_ctx: &JobContext, value: i32) -> Result<i32> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_long(_ctx: &JobContext, value: i64) -> Result<i64> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_float(_ctx: &JobContext, value: f64) -> Result<f64> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_single(_ctx: &JobContext, value: f32) -> Result<f32> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_flag(_ctx: &JobContext, value: bool) -> Result<bool> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_letter(_ctx: &JobContext, value: char) -> Result<char> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_id(_ctx: &JobContext, value: Uuid) -> Result<Uuid> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_moment(_ctx: &JobContext, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    Ok(at)
}

#[forge::job(auth = "none")]
pub async fn run_timestamp(_ctx: &JobContext, at: Timestamp) -> Result<Timestamp> {
    Ok(at)
}

#[forge::job(auth = "none")]
pub async fn run_day(_ctx: &JobContext, on: NaiveDate) -> Result<NaiveDate> {
    Ok(on)
}

#[forge::job(auth = "none")]
pub async fn run_list(_ctx: &JobContext, values: Vec<String>) -> Result<Vec<String>> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_map(
    _ctx: &JobContext,
    values: HashMap<String, i32>,
) -> Result<HashMap<String, i32>> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_tree(
    _ctx: &JobContext,
    values: BTreeMap<String, Person>,
) -> Result<BTreeMap<String, Person>> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_set(_ctx: &JobContext, values: HashSet<String>) -> Result<HashSet<String>> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_sorted(_ctx: &JobContext, values: BTreeSet<i32>) -> Result<BTreeSet<i32>> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_people(_ctx: &JobContext, people: Vec<Person>) -> Result<Vec<Person>> {
    Ok(people)
}

#[forge::job(auth = "none")]
pub async fn run_named_input(_ctx: &JobContext, input: String) -> Result<String> {
    Ok(input)
}

#[forge::job(auth = "none")]
pub async fn run_named_args(_ctx: &JobContext, args: Vec<String>) -> Result<Vec<String>> {
    Ok(args)
}

#[forge::job(auth = "none")]
pub async fn run_format(_ctx: &JobContext, format: ExportFormat) -> Result<ExportFormat> {
    Ok(format)
}

#[forge::job(auth = "none")]
pub async fn run_shape(_ctx: &JobContext, shape: Shape) -> Result<Shape> {
    Ok(shape)
}

#[forge::job(auth = "none")]
pub async fn run_source(_ctx: &JobContext, source: Source) -> Result<Source> {
    Ok(source)
}

#[forge::job(auth = "none")]
pub async fn run_pet(_ctx: &JobContext, pet: Pet) -> Result<Pet> {
    Ok(pet)
}

#[forge::job(auth = "none")]
pub async fn run_message(_ctx: &JobContext, message: Message) -> Result<Message> {
    Ok(message)
}

#[forge::job(auth = "none")]
pub async fn run_amount(_ctx: &JobContext, amount: Amount) -> Result<Amount> {
    Ok(amount)
}

#[forge::job(auth = "none")]
pub async fn run_person(_ctx: &JobContext, person: Person) -> Result<Person> {
    Ok(person)
}

#[forge::job(auth = "none")]
pub async fn run_guest(_ctx: &JobContext, guest: Guest) -> Result<Value> {
    serde_json::to_value(guest).map_err(Into::into)
}

#[forge::job(auth = "none")]
pub async fn run_guests(_ctx: &JobContext, guests: Vec<Guest>) -> Result<Value> {
    serde_json::to_value(guests).map_err(Into::into)
}

#[forge::job(auth = "none")]
pub async fn run_person_input(_ctx: &JobContext, input: Person) -> Result<Person> {
    Ok(input)
}

#[forge::job(auth = "none")]
pub async fn run_empty(_ctx: &JobContext, args: NothingArgs) -> Result<NothingArgs> {
    Ok(args)
}

#[forge::job(auth = "none")]
pub async fn run_filter(_ctx: &JobContext, filter: Filter) -> Result<Value> {
    serde_json::to_value(filter).map_err(Into::into)
}

#[forge::job(auth = "none")]
pub async fn run_search(_ctx: &JobContext, args: SearchArgs) -> Result<Value> {
    serde_json::to_value(args).map_err(Into::into)
}

#[forge::job(auth = "none")]
pub async fn run_rename(_ctx: &JobContext, input: RenameInput) -> Result<RenameInput> {
    Ok(input)
}

#[forge::job(auth = "none")]
pub async fn run_rename_request(_ctx: &JobContext, request: RenameInput) -> Result<RenameInput> {
    Ok(request)
}

#[forge::job(auth = "none")]
pub async fn run_prompt(_ctx: &JobContext, prompt: Prompt) -> Result<Prompt> {
    Ok(prompt)
}

#[forge::job(auth = "none")]
pub async fn run_command(_ctx: &JobContext, command: Command) -> Result<Command> {
    Ok(command)
}

#[forge::job(auth = "none")]
pub async fn run_draft(_ctx: &JobContext, draft: Draft) -> Result<Value> {
    serde_json::to_value(draft).map_err(Into::into)
}

#[forge::job(auth = "none")]
pub async fn run_label(_ctx: &JobContext, label: Label) -> Result<Label> {
    Ok(label)
}

#[forge::job(auth = "none")]
pub async fn run_ids(_ctx: &JobContext, ids: Ids) -> Result<Ids> {
    Ok(ids)
}

#[forge::job(auth = "none")]
pub async fn run_scores(_ctx: &JobContext, scores: Scores) -> Result<Scores> {
    Ok(scores)
}

#[forge::job(auth = "none")]
pub async fn run_json(_ctx: &JobContext, value: Value) -> Result<Value> {
    Ok(value)
}

#[forge::job(auth = "none")]
pub async fn run_pair(_ctx: &JobContext, pair: (String, i32)) -> Result<(String, i32)> {
    Ok(pair)
}

#[forge::job(auth = "none")]
pub async fn run_array(_ctx: &JobContext, values: [i32; 2]) -> Result<[i32; 2]> {
    Ok(values)
}

#[forge::job(auth = "none")]
pub async fn run_boxed(_ctx: &JobContext, person: Box<Person>) -> Result<Box<Person>> {
    Ok(person)
}

#[forge::job(auth = "none")]
pub async fn run_page(_ctx: &JobContext, page: Page<Person>) -> Result<Page<Person>> {
    Ok(page)
}
