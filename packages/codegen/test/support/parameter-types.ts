/** Types of what is sent, each of which a server could take for something else. */
export const parameterTypes = `
  #[derive(Serialize, Deserialize)] struct FindInput { user_id: Uuid }
  #[derive(Serialize, Deserialize)] struct NoneArgs {}
  #[derive(Serialize, Deserialize)] struct Request { user_id: Uuid, note: Option<String> }
  #[derive(Serialize, Deserialize)] struct Filter { note: Option<String>, #[serde(default)] top: i32 }
  #[derive(Serialize, Deserialize)] struct Wrapped { input: i32 }
  #[derive(Serialize, Deserialize)] struct MaybeWrapped { args: Option<i32>, #[serde(default)] more: i32 }
  #[derive(Serialize, Deserialize)] struct Around { #[serde(flatten)] inner: Wrapped }
  #[derive(Serialize, Deserialize)] struct Rest { id: i32, #[serde(flatten)] rest: HashMap<String, i32> }
  #[derive(Serialize, Deserialize)] struct Email(String);
  #[derive(Serialize, Deserialize)] struct Tree { input: Option<Box<Tree>> }
  #[derive(Serialize, Deserialize)] struct Of<T> { input: T }
  #[derive(Serialize, Deserialize)] struct Avatar { file: Upload, name: Option<String> }
  #[derive(Serialize, Deserialize)] enum Format { Csv, Json }
  #[derive(Serialize, Deserialize)] #[serde(rename_all = "lowercase")] enum Word { Args(i32), Other { a: i32 } }
  #[derive(Serialize, Deserialize)] #[serde(rename_all = "lowercase")] enum Key { Args, Other }
  #[derive(Serialize, Deserialize)] enum Choice { First(i32), Other { a: i32 } }
  #[derive(Serialize, Deserialize)] #[serde(tag = "input")] enum Tagged { A, B { b: i32 } }
  #[derive(Serialize, Deserialize)] #[serde(tag = "type", content = "input")] enum Beside { A(i32), B(i32) }
  #[derive(Serialize, Deserialize)] #[serde(untagged)] enum Plain { Text(String), Wrapped(Wrapped) }
  #[derive(Serialize, Deserialize)] #[serde(untagged)] enum Either { None, Text(String) }
  #[derive(Serialize, Deserialize)] struct Unit;
  type Id = Uuid;
  type Big = u64;
  type Maybe = Option<i32>;
  type Json = serde_json::Value;
`
