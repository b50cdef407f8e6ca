//! Queries that give back what they were asked with.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use forge::prelude::*;

use crate::types::{
    Amount, Command, Draft, ExportFormat, Filter, Guest, Ids, Label, Message, NothingArgs, Page,
    Person, Pet, Prompt, RenameInput, Scores, SearchArgs, Shape, Source,
};

#[forge::query(auth = "none")]
pub async fn ask_nothing(_ctx: &QueryContext) -> Result<String> {
    Ok("nothing".to_owned())
}

#[forge::query(auth = "none")]
pub async fn ask_text(_ctx: &QueryContext, value: String) -> Result<String> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_int(_ctx: &QueryContext, value: i32) -> Result<i32> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_long(_ctx: &QueryContext, value: i64) -> Result<i64> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_float(_ctx: &QueryContext, value: f64) -> Result<f64> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_single(_ctx: &QueryContext, value: f32) -> Result<f32> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_flag(_ctx: &QueryContext, value: bool) -> Result<bool> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_letter(_ctx: &QueryContext, value: char) -> Result<char> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_id(_ctx: &QueryContext, value: Uuid) -> Result<Uuid> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_moment(_ctx: &QueryContext, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    Ok(at)
}

#[forge::query(auth = "none")]
pub async fn ask_timestamp(_ctx: &QueryContext, at: Timestamp) -> Result<Timestamp> {
    Ok(at)
}

#[forge::query(auth = "none")]
pub async fn ask_day(_ctx: &QueryContext, on: NaiveDate) -> Result<NaiveDate> {
    Ok(on)
}

#[forge::query(auth = "none")]
pub async fn ask_list(_ctx: &QueryContext, values: Vec<String>) -> Result<Vec<String>> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_maybe(_ctx: &QueryContext, value: Option<String>) -> Result<Option<String>> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_map(
    _ctx: &QueryContext,
    values: HashMap<String, i32>,
) -> Result<HashMap<String, i32>> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_tree(
    _ctx: &QueryContext,
    values: BTreeMap<String, Person>,
) -> Result<BTreeMap<String, Person>> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_set(_ctx: &QueryContext, values: HashSet<String>) -> Result<HashSet<String>> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_sorted(_ctx: &QueryContext, values: BTreeSet<i32>) -> Result<BTreeSet<i32>> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_people(_ctx: &QueryContext, people: Vec<Person>) -> Result<Vec<Person>> {
    Ok(people)
}

#[forge::query(auth = "none")]
pub async fn ask_maybe_person(
    _ctx: &QueryContext,
    person: Option<Person>,
) -> Result<Option<Person>> {
    Ok(person)
}

#[forge::query(auth = "none")]
pub async fn ask_named_input(_ctx: &QueryContext, input: String) -> Result<String> {
    Ok(input)
}

#[forge::query(auth = "none")]
pub async fn ask_named_args(_ctx: &QueryContext, args: Vec<String>) -> Result<Vec<String>> {
    Ok(args)
}

#[forge::query(auth = "none")]
pub async fn ask_maybe_input(_ctx: &QueryContext, input: Option<i32>) -> Result<Option<i32>> {
    Ok(input)
}

#[forge::query(auth = "none")]
pub async fn ask_format(_ctx: &QueryContext, format: ExportFormat) -> Result<ExportFormat> {
    Ok(format)
}

#[forge::query(auth = "none")]
pub async fn ask_shape(_ctx: &QueryContext, shape: Shape) -> Result<Shape> {
    Ok(shape)
}

#[forge::query(auth = "none")]
pub async fn ask_source(_ctx: &QueryContext, source: Source) -> Result<Source> {
    Ok(source)
}

#[forge::query(auth = "none")]
pub async fn ask_pet(_ctx: &QueryContext, pet: Pet) -> Result<Pet> {
    Ok(pet)
}

#[forge::query(auth = "none")]
pub async fn ask_message(_ctx: &QueryContext, message: Message) -> Result<Message> {
    Ok(message)
}

#[forge::query(auth = "none")]
pub async fn ask_amount(_ctx: &QueryContext, amount: Amount) -> Result<Amount> {
    Ok(amount)
}

#[forge::query(auth = "none")]
pub async fn ask_person(_ctx: &QueryContext, person: Person) -> Result<Person> {
    Ok(person)
}

#[forge::query(auth = "none")]
pub async fn ask_guest(_ctx: &QueryContext, guest: Guest) -> Result<Value> {
    serde_json::to_value(guest).map_err(Into::into)
}

#[forge::query(auth = "none")]
pub async fn ask_guests(_ctx: &QueryContext, guests: Vec<Guest>) -> Result<Value> {
    serde_json::to_value(guests).map_err(Into::into)
}

#[forge::query(auth = "none")]
pub async fn ask_person_input(_ctx: &QueryContext, input: Person) -> Result<Person> {
    Ok(input)
}

#[forge::query(auth = "none")]
pub async fn ask_empty(_ctx: &QueryContext, args: NothingArgs) -> Result<NothingArgs> {
    Ok(args)
}

#[forge::query(auth = "none")]
pub async fn ask_filter(_ctx: &QueryContext, filter: Filter) -> Result<Value> {
    serde_json::to_value(filter).map_err(Into::into)
}

#[forge::query(auth = "none")]
pub async fn ask_search(_ctx: &QueryContext, args: SearchArgs) -> Result<Value> {
    serde_json::to_value(args).map_err(Into::into)
}

#[forge::query(auth = "none")]
pub async fn ask_rename(_ctx: &QueryContext, input: RenameInput) -> Result<RenameInput> {
    Ok(input)
}

#[forge::query(auth = "none")]
pub async fn ask_rename_request(_ctx: &QueryContext, request: RenameInput) -> Result<RenameInput> {
    Ok(request)
}

#[forge::query(auth = "none")]
pub async fn ask_prompt(_ctx: &QueryContext, prompt: Prompt) -> Result<Prompt> {
    Ok(prompt)
}

#[forge::query(auth = "none")]
pub async fn ask_command(_ctx: &QueryContext, command: Command) -> Result<Command> {
    Ok(command)
}

#[forge::query(auth = "none")]
pub async fn ask_draft(_ctx: &QueryContext, draft: Draft) -> Result<Value> {
    serde_json::to_value(draft).map_err(Into::into)
}

#[forge::query(auth = "none")]
pub async fn ask_label(_ctx: &QueryContext, label: Label) -> Result<Label> {
    Ok(label)
}

#[forge::query(auth = "none")]
pub async fn ask_ids(_ctx: &QueryContext, ids: Ids) -> Result<Ids> {
    Ok(ids)
}

#[forge::query(auth = "none")]
pub async fn ask_scores(_ctx: &QueryContext, scores: Scores) -> Result<Scores> {
    Ok(scores)
}

#[forge::query(auth = "none")]
pub async fn ask_json(_ctx: &QueryContext, value: Value) -> Result<Value> {
    Ok(value)
}

#[forge::query(auth = "none")]
pub async fn ask_pair(_ctx: &QueryContext, pair: (String, i32)) -> Result<(String, i32)> {
    Ok(pair)
}

#[forge::query(auth = "none")]
pub async fn ask_array(_ctx: &QueryContext, values: [i32; 2]) -> Result<[i32; 2]> {
    Ok(values)
}

#[forge::query(auth = "none")]
pub async fn ask_boxed(_ctx: &QueryContext, person: Box<Person>) -> Result<Box<Person>> {
    Ok(person)
}

#[forge::query(auth = "none")]
pub async fn ask_page(_ctx: &QueryContext, page: Page<Person>) -> Result<Page<Person>> {
    Ok(page)
}

#[forge::query(auth = "none")]
pub async fn ask_two(
    _ctx: &QueryContext,
    first_name: String,
    age: Option<i32>,
) -> Result<(String, Option<i32>)> {
    Ok((first_name, age))
}

#[forge::query(auth = "none")]
pub async fn ask_three(
    _ctx: &QueryContext,
    id: Uuid,
    person: Person,
    tags: Vec<String>,
) -> Result<(Uuid, Person, Vec<String>)> {
    Ok((id, person, tags))
}

#[forge::query(auth = "none")]
pub async fn ask_all_optional(
    _ctx: &QueryContext,
    first_name: Option<String>,
    age: Option<i32>,
) -> Result<(Option<String>, Option<i32>)> {
    Ok((first_name, age))
}

#[forge::query(auth = "none")]
pub async fn ask_input_and_args(
    _ctx: &QueryContext,
    input: Option<String>,
    args: Option<i32>,
) -> Result<(Option<String>, Option<i32>)> {
    Ok((input, args))
}

#[forge::query(auth = "none")]
pub async fn ask_search_and_more(
    _ctx: &QueryContext,
    args: SearchArgs,
    page_size: i32,
) -> Result<Value> {
    serde_json::to_value((args, page_size)).map_err(Into::into)
}
