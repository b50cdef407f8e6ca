import { describe, expect, it } from 'vitest'
import type { ParseOptions } from '../../src/resolve/resolve.ts'
import { parse, problemsIn } from '../support/parse.ts'
import { showRef } from '../support/show.ts'

/** The output of a query that returns this type. */
async function refOf(rust: string, options?: ParseOptions): Promise<string> {
  const { functions } = await parse(`#[query] fn it() -> ${rust} {}\n${declared}`, options)
  return functions.map(({ output }) => showRef(output)).join()
}

const declared = `
  #[derive(Serialize, Deserialize)] struct User { id: Uuid }
  #[derive(Serialize, Deserialize)] struct Pair<A, B = A> { first: A, second: B }
  #[derive(Serialize, Deserialize)] struct Grid<'a, T, const N: usize> { rows: [&'a T; N] }
  #[derive(Serialize, Deserialize)] enum Role { Admin, Guest }
  #[derive(Serialize, Deserialize)] struct Email(String);
  type UserId = Uuid;
  type Maybe<T> = Option<T>;
`

describe('a Rust type is, in TypeScript,', () => {
  it.each<[rust: string, typescript: string]>([
    ['String', 'string'],
    ["&'static str", 'string'],
    ['char', 'string'],
    ['Uuid', 'string'],
    ['uuid::Uuid', 'string'],
    ['::std::string::String', 'string'],
    ['bool', 'boolean'],
    ...['i8', 'i16', 'i32', 'i64', 'i128', 'isize'].map((name): [string, string] => [
      name,
      'number',
    ]),
    ...['u8', 'u16', 'u32', 'u64', 'u128', 'usize'].map((name): [string, string] => [
      name,
      'number',
    ]),
    ['f32', 'number'],
    ['f64', 'number'],
    ['NonZeroU32', 'number'],
    ['NonZero<u32>', 'number'],
    ['()', 'unit'],
    ['DateTime<Utc>', 'string'],
    ['chrono::DateTime<chrono::FixedOffset>', 'string'],
    ['NaiveDate', 'string'],
    ['NaiveTime', 'string'],
    ['NaiveDateTime', 'string'],
    ['Instant', 'string'],
    ['LocalDate', 'string'],
    ['LocalTime', 'string'],
    ['Timestamp', 'string'],
    ['Decimal', 'string'],
    ['BigDecimal', 'string'],
    ['PathBuf', 'string'],
    ['IpAddr', 'string'],
    ['Cursor', 'string'],
    ['serde_json::Value', 'unknown'],
    ['Json', 'unknown'],
    ['Json<User>', 'User'],
    ['serde_json::Map<String, Value>', '{string → unknown}'],
    ['Bytes', 'number[]'],
    ['Vec<u8>', 'number[]'],
    ['&[u8]', 'number[]'],
    ['Duration', 'Duration'],
    ['std::time::Duration', 'Duration'],
    ['Option<String>', 'string | null'],
    ['Option<Option<String>>', 'string | null'],
    ['Option<Vec<i32>>', 'number[] | null'],
    ['Vec<Option<i32>>', '(number | null)[]'],
    ['Vec<Vec<i32>>', 'number[][]'],
    ['VecDeque<i32>', 'number[]'],
    ['LinkedList<i32>', 'number[]'],
    ['HashSet<i32>', 'number[]'],
    ['HashSet<i32, RandomState>', 'number[]'],
    ['BTreeSet<i32>', 'number[]'],
    ['indexmap::IndexSet<i32>', 'number[]'],
    ['HashMap<String, i32>', '{string → number}'],
    ['HashMap<String, i32, RandomState>', '{string → number}'],
    ['BTreeMap<u64, User>', '{number → User}'],
    ['IndexMap<Role, bool>', '{Role → boolean}'],
    ['HashMap<Email, HashMap<UserId, i32>>', '{Email → {UserId → number}}'],
    ['&[User]', 'User[]'],
    ['[i32; 3]', '[number, number, number]'],
    ['[i32; 0]', '[]'],
    ['[u8; 0x2]', '[number, number]'],
    ['[u8; 2usize]', '[number, number]'],
    ['[u8; 17]', 'number[]'],
    ['[u8; LENGTH]', 'number[]'],
    ['(i32, String)', '[number, string]'],
    ['(i32,)', '[number]'],
    ['(i32)', 'number'],
    ["&'a mut User", 'User'],
    ['Box<User>', 'User'],
    ['Arc<Mutex<User>>', 'User'],
    ['Rc<RefCell<User>>', 'User'],
    ["Cow<'a, str>", 'string'],
    ["Option<Cow<'static, [u8]>>", 'number[] | null'],
    ['RwLock<Cell<i32>>', 'number'],
    ['PhantomData<Anything>', 'unit'],
    ['Page<User>', 'Page<User>'],
    ['forge::PageInfo', 'PageInfo'],
    ['User', 'User'],
    ['crate::User', 'User'],
    ['UserId', 'UserId'],
    ['Maybe<User>', 'Maybe<User>'],
    ['Pair<User>', 'Pair<User, User>'],
    ['Pair<User, i32>', 'Pair<User, number>'],
    ["Grid<'a, User, 3>", 'Grid<User>'],
    ['Grid<User, { 1 + 2 }>', 'Grid<User>'],
    ['Vec<Result<User, String>>', 'Result<User, string>[]'],
    ['Vec< /* of what? */ User >', 'User[]'],
  ])('%s: %s', async (rust, typescript) => {
    expect(await refOf(rust)).toBe(typescript)
  })

  it('what the config says, before anything else', async () => {
    const types = { Url: 'string', User: 'MyUser', 'geo::Point': '[number, number]' }
    expect(await refOf('Vec<Url>', { types })).toBe('«string»[]')
    expect(await refOf('url::Url', { types })).toBe('«string»')
    expect(await refOf('Option<User>', { types })).toBe('«MyUser» | null')
    expect(await refOf('geo::Point<f64>', { types })).toBe('«[number, number]»')
  })

  it('one of its own when the sources declare a name that is known elsewhere', async () => {
    const own = '#[derive(Serialize)] struct Timestamp { ticks: u64 }'
    const { functions } = await parse(`${own} #[query] fn it() -> Timestamp {}`)
    expect(functions[0]?.output).toEqual({ kind: 'named', name: 'Timestamp', args: [] })
  })
})

describe('no TypeScript type is there for', () => {
  it.each<[rust: string, problem: string]>([
    ['Url', '`Url` is not a known type'],
    ['url::Url', '`url::Url` is not a known type'],
    ['Range<i32>', '`Range` is not a known type'],
    ['chrono::Duration', '`chrono::Duration` is not a known type'],
    ['Vec<dyn Trait>', 'A trait object cannot be sent: there is no TypeScript type for it'],
    [
      'Box<dyn Fn(i32) -> i32>',
      'A trait object cannot be sent: there is no TypeScript type for it',
    ],
    ['impl Serialize', 'An `impl` type cannot be sent: there is no TypeScript type for it'],
    ['fn(i32) -> i32', 'A function pointer cannot be sent: there is no TypeScript type for it'],
    ['*const u8', 'A raw pointer cannot be sent: there is no TypeScript type for it'],
    [
      '<User as Trait>::Id',
      'An associated type cannot be sent: there is no TypeScript type for it',
    ],
    ['!', 'The never type cannot be sent: there is no TypeScript type for it'],
    ['vec![u8]', 'The result of a macro cannot be sent: there is no TypeScript type for it'],
    ['Vec', '`Vec` takes one parameter, but is given none'],
    ['Vec<i32, A, B>', '`Vec` takes one parameter, but is given 3'],
    ['HashMap<String>', '`HashMap` takes 2 parameters, but is given 1'],
    ['Page', '`Page` takes one parameter, but is given none'],
    ['Pair', '`Pair` takes 2 parameters, but is given none'],
    ['User<i32>', '`User` takes no parameters, but is given 1'],
    ['Vec<3>', 'A constant stands where a type is expected'],
    [
      'HashMap<User, i32>',
      'The keys of a map must be strings on the wire, but `User` is not a string',
    ],
    [
      'HashMap<(i32, i32), i32>',
      'The keys of a map must be strings on the wire, but this tuple is not a string',
    ],
    [
      'Vec<HashMap<Vec<i32>, i32>>',
      'The keys of a map must be strings on the wire, but this list is not a string',
    ],
  ])('%s', async (rust, problem) => {
    const found = await problemsIn(`${declared}\n#[query] fn it() -> ${rust} {}`)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([problem])
  })
})
