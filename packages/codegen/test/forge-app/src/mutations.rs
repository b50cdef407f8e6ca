//! Mutations that give back what they were told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use forge::prelude::*;

use crate::types::{
    Amount, Command, Draft, ExportFormat, Filter, Guest, Ids, Label, Message, NothingArgs, Page,
    Person, Pet, Prompt, RenameInput, Scores, SearchArgs, Shape, Source,
};

#[forge::mutation(auth = "none")]
pub async fn tell_nothing(_ctx: &MutationContext) -> Result<String> {
    Ok("nothing".to_owned())
}

#[forge::mutation(auth = "none")]
pub async fn tell_text(_ctx: &MutationContext, value: String) -> Result<String> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_int(_ctx: &MutationContext, value: i32) -> Result<i32> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_long(_ctx: &MutationContext, value: i64) -> Result<i64> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_float(_ctx: &MutationContext, value: f64) -> Result<f64> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_single(_ctx: &MutationContext, value: f32) -> Result<f32> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_flag(_ctx: &MutationContext, value: bool) -> Result<bool> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_letter(_ctx: &MutationContext, value: char) -> Result<char> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_id(_ctx: &MutationContext, value: Uuid) -> Result<Uuid> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_moment(_ctx: &MutationContext, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    Ok(at)
}

#[forge::mutation(auth = "none")]
pub async fn tell_timestamp(_ctx: &MutationContext, at: Timestamp) -> Result<Timestamp> {
    Ok(at)
}

#[forge::mutation(auth = "none")]
pub async fn tell_day(_ctx: &MutationContext, on: NaiveDate) -> Result<NaiveDate> {
    Ok(on)
}

#[forge::mutation(auth = "none")]
pub async fn tell_list(_ctx: &MutationContext, values: Vec<String>) -> Result<Vec<String>> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_maybe(_ctx: &MutationContext, value: Option<String>) -> Result<Option<String>> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_map(
    _ctx: &MutationContext,
    values: HashMap<String, i32>,
) -> Result<HashMap<String, i32>> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_tree(
    _ctx: &MutationContext,
    values: BTreeMap<String, Person>,
) -> Result<BTreeMap<String, Person>> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_set(_ctx: &MutationContext, values: HashSet<String>) -> Result<HashSet<String>> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_sorted(_ctx: &MutationContext, values: BTreeSet<i32>) -> Result<BTreeSet<i32>> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_people(_ctx: &MutationContext, people: Vec<Person>) -> Result<Vec<Person>> {
    Ok(people)
}

#[forge::mutation(auth = "none")]
pub async fn tell_maybe_person(
    _ctx: &MutationContext,
    person: Option<Person>,
) -> Result<Option<Person>> {
    Ok(person)
}

#[forge::mutation(auth = "none")]
pub async fn tell_named_input(_ctx: &MutationContext, input: String) -> Result<String> {
    Ok(input)
}

#[forge::mutation(auth = "none")]
pub async fn tell_named_args(_ctx: &MutationContext, args: Vec<String>) -> Result<Vec<String>> {
    Ok(args)
}

#[forge::mutation(auth = "none")]
pub async fn tell_maybe_input(_ctx: &MutationContext, input: Option<i32>) -> Result<Option<i32>> {
    Ok(input)
}

#[forge::mutation(auth = "none")]
pub async fn tell_format(_ctx: &MutationContext, format: ExportFormat) -> Result<ExportFormat> {
    Ok(format)
}

#[forge::mutation(auth = "none")]
pub async fn tell_shape(_ctx: &MutationContext, shape: Shape) -> Result<Shape> {
    Ok(shape)
}

#[forge::mutation(auth = "none")]
pub async fn tell_source(_ctx: &MutationContext, source: Source) -> Result<Source> {
    Ok(source)
}

#[forge::mutation(auth = "none")]
pub async fn tell_pet(_ctx: &MutationContext, pet: Pet) -> Result<Pet> {
    Ok(pet)
}

#[forge::mutation(auth = "none")]
pub async fn tell_message(_ctx: &MutationContext, message: Message) -> Result<Message> {
    Ok(message)
}

#[forge::mutation(auth = "none")]
pub async fn tell_amount(_ctx: &MutationContext, amount: Amount) -> Result<Amount> {
    Ok(amount)
}

#[forge::mutation(auth = "none")]
pub async fn tell_person(_ctx: &MutationContext, person: Person) -> Result<Person> {
    Ok(person)
}

#[forge::mutation(auth = "none")]
pub async fn tell_guest(_ctx: &MutationContext, guest: Guest) -> Result<Value> {
    serde_json::to_value(guest).map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn tell_guests(_ctx: &MutationContext, guests: Vec<Guest>) -> Result<Value> {
    serde_json::to_value(guests).map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn tell_person_input(_ctx: &MutationContext, input: Person) -> Result<Person> {
    Ok(input)
}

#[forge::mutation(auth = "none")]
pub async fn tell_empty(_ctx: &MutationContext, args: NothingArgs) -> Result<NothingArgs> {
    Ok(args)
}

#[forge::mutation(auth = "none")]
pub async fn tell_filter(_ctx: &MutationContext, filter: Filter) -> Result<Value> {
    serde_json::to_value(filter).map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn tell_search(_ctx: &MutationContext, args: SearchArgs) -> Result<Value> {
    serde_json::to_value(args).map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn tell_rename(_ctx: &MutationContext, input: RenameInput) -> Result<RenameInput> {
    Ok(input)
}

#[forge::mutation(auth = "none")]
pub async fn tell_rename_request(
    _ctx: &MutationContext,
    request: RenameInput,
) -> Result<RenameInput> {
    Ok(request)
}

#[forge::mutation(auth = "none")]
pub async fn tell_prompt(_ctx: &MutationContext, prompt: Prompt) -> Result<Prompt> {
    Ok(prompt)
}

#[forge::mutation(auth = "none")]
pub async fn tell_command(_ctx: &MutationContext, command: Command) -> Result<Command> {
    Ok(command)
}

#[forge::mutation(auth = "none")]
pub async fn tell_draft(_ctx: &MutationContext, draft: Draft) -> Result<Value> {
    serde_json::to_value(draft).map_err(Into::into)
}

#[forge::mutation(auth = "none")]
pub async fn tell_label(_ctx: &MutationContext, label: Label) -> Result<Label> {
    Ok(label)
}

#[forge::mutation(auth = "none")]
pub async fn tell_ids(_ctx: &MutationContext, ids: Ids) -> Result<Ids> {
    Ok(ids)
}

#[forge::mutation(auth = "none")]
pub async fn tell_scores(_ctx: &MutationContext, scores: Scores) -> Result<Scores> {
    Ok(scores)
}

#[forge::mutation(auth = "none")]
pub async fn tell_json(_ctx: &MutationContext, value: Value) -> Result<Value> {
    Ok(value)
}

#[forge::mutation(auth = "none")]
pub async fn tell_pair(_ctx: &MutationContext, pair: (String, i32)) -> Result<(String, i32)> {
    Ok(pair)
}

#[forge::mutation(auth = "none")]
pub async fn tell_array(_ctx: &MutationContext, values: [i32; 2]) -> Result<[i32; 2]> {
    Ok(values)
}

#[forge::mutation(auth = "none")]
pub async fn tell_boxed(_ctx: &MutationContext, person: Box<Person>) -> Result<Box<Person>> {
    Ok(person)
}

#[forge::mutation(auth = "none")]
pub async fn tell_page(_ctx: &MutationContext, page: Page<Person>) -> Result<Page<Person>> {
    Ok(page)
}

#[forge::mutation(auth = "none")]
pub async fn tell_two(
    _ctx: &MutationContext,
    first_name: String,
    age: Option<i32>,
) -> Result<(String, Option<i32>)> {
    Ok((first_name, age))
}

#[forge::mutation(auth = "none")]
pub async fn tell_three(
    _ctx: &MutationContext,
    id: Uuid,
    person: Person,
    tags: Vec<String>,
) -> Result<(Uuid, Person, Vec<String>)> {
    Ok((id, person, tags))
}

#[forge::mutation(auth = "none")]
pub async fn tell_all_optional(
    _ctx: &MutationContext,
    first_name: Option<String>,
    age: Option<i32>,
) -> Result<(Option<String>, Option<i32>)> {
    Ok((first_name, age))
}

#[forge::mutation(auth = "none")]
pub async fn tell_input_and_args(
    _ctx: &MutationContext,
    input: Option<String>,
    args: Option<i32>,
) -> Result<(Option<String>, Option<i32>)> {
    Ok((input, args))
}

#[forge::mutation(auth = "none")]
pub async fn tell_search_and_more(
    _ctx: &MutationContext,
    args: SearchArgs,
    page_size: i32,
) -> Result<Value> {
    serde_json::to_value((args, page_size)).map_err(Into::into)
}
