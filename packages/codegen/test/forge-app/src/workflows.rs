//! Workflows that give back what they were started with.

use std::collections::HashMap;

use chrono::NaiveDate;
use forge::prelude::*;

use crate::types::{
    Amount, Command, Draft, ExportFormat, Filter, Guest, Ids, Label, Message, NothingArgs, Page,
    Person, Pet, Prompt, RenameInput, Scores, SearchArgs, Shape, Source,
};

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_text(_ctx: &WorkflowContext, value: String) -> Result<String> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_int(_ctx: &WorkflowContext, value: i32) -> Result<i32> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_float(_ctx: &WorkflowContext, value: f64) -> Result<f64> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_flag(_ctx: &WorkflowContext, value: bool) -> Result<bool> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_id(_ctx: &WorkflowContext, value: Uuid) -> Result<Uuid> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_moment(_ctx: &WorkflowContext, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    Ok(at)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_day(_ctx: &WorkflowContext, on: NaiveDate) -> Result<NaiveDate> {
    Ok(on)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_list(_ctx: &WorkflowContext, values: Vec<String>) -> Result<Vec<String>> {
    Ok(values)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_map(
    _ctx: &WorkflowContext,
    values: HashMap<String, i32>,
) -> Result<HashMap<String, i32>> {
    Ok(values)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_people(_ctx: &WorkflowContext, people: Vec<Person>) -> Result<Vec<Person>> {
    Ok(people)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_named_input(_ctx: &WorkflowContext, input: String) -> Result<String> {
    Ok(input)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_named_args(_ctx: &WorkflowContext, args: Vec<String>) -> Result<Vec<String>> {
    Ok(args)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_format(_ctx: &WorkflowContext, format: ExportFormat) -> Result<ExportFormat> {
    Ok(format)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_shape(_ctx: &WorkflowContext, shape: Shape) -> Result<Shape> {
    Ok(shape)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_source(_ctx: &WorkflowContext, source: Source) -> Result<Source> {
    Ok(source)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_pet(_ctx: &WorkflowContext, pet: Pet) -> Result<Pet> {
    Ok(pet)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_message(_ctx: &WorkflowContext, message: Message) -> Result<Message> {
    Ok(message)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_amount(_ctx: &WorkflowContext, amount: Amount) -> Result<Amount> {
    Ok(amount)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_person(_ctx: &WorkflowContext, person: Person) -> Result<Person> {
    Ok(person)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_guest(_ctx: &WorkflowContext, guest: Guest) -> Result<Value> {
    serde_json::to_value(guest).map_err(Into::into)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_guests(_ctx: &WorkflowContext, guests: Vec<Guest>) -> Result<Value> {
    serde_json::to_value(guests).map_err(Into::into)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_person_input(_ctx: &WorkflowContext, input: Person) -> Result<Person> {
    Ok(input)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_empty(_ctx: &WorkflowContext, args: NothingArgs) -> Result<NothingArgs> {
    Ok(args)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_filter(_ctx: &WorkflowContext, filter: Filter) -> Result<Value> {
    serde_json::to_value(filter).map_err(Into::into)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_search(_ctx: &WorkflowContext, args: SearchArgs) -> Result<Value> {
    serde_json::to_value(args).map_err(Into::into)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_rename(_ctx: &WorkflowContext, input: RenameInput) -> Result<RenameInput> {
    Ok(input)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_rename_request(
    _ctx: &WorkflowContext,
    request: RenameInput,
) -> Result<RenameInput> {
    Ok(request)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_prompt(_ctx: &WorkflowContext, prompt: Prompt) -> Result<Prompt> {
    Ok(prompt)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_command(_ctx: &WorkflowContext, command: Command) -> Result<Command> {
    Ok(command)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_draft(_ctx: &WorkflowContext, draft: Draft) -> Result<Value> {
    serde_json::to_value(draft).map_err(Into::into)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_label(_ctx: &WorkflowContext, label: Label) -> Result<Label> {
    Ok(label)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_ids(_ctx: &WorkflowContext, ids: Ids) -> Result<Ids> {
    Ok(ids)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_scores(_ctx: &WorkflowContext, scores: Scores) -> Result<Scores> {
    Ok(scores)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_json(_ctx: &WorkflowContext, value: Value) -> Result<Value> {
    Ok(value)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_pair(_ctx: &WorkflowContext, pair: (String, i32)) -> Result<(String, i32)> {
    Ok(pair)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_array(_ctx: &WorkflowContext, values: [i32; 2]) -> Result<[i32; 2]> {
    Ok(values)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_boxed(_ctx: &WorkflowContext, person: Box<Person>) -> Result<Box<Person>> {
    Ok(person)
}

#[forge::workflow(version = "1", auth = "none")]
pub async fn flow_page(_ctx: &WorkflowContext, page: Page<Person>) -> Result<Page<Person>> {
    Ok(page)
}
