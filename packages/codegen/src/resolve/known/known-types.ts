import type { TypeRef } from '../../schema.ts'
import { findForgeType } from './forge-types.ts'
import type { KnownType } from './known-type.ts'

const string: TypeRef = { kind: 'string' }
const number: TypeRef = { kind: 'number' }
const wide: TypeRef = { kind: 'number', isWide: true }
const boolean: TypeRef = { kind: 'boolean' }
const unknown: TypeRef = { kind: 'unknown' }
const unit: TypeRef = { kind: 'unit' }

const plain: [TypeRef, string][] = [
  [string, 'String str char Uuid Cursor'],
  [string, 'DateTime NaiveDate NaiveTime NaiveDateTime Instant LocalDate LocalTime Timestamp'],
  [string, 'Decimal BigDecimal PathBuf Path'],
  [string, 'IpAddr Ipv4Addr Ipv6Addr SocketAddr SocketAddrV4 SocketAddrV6'],
  [number, 'i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64'],
  [number, 'NonZeroI8 NonZeroI16 NonZeroI32 NonZeroI64 NonZeroIsize NonZero'],
  [number, 'NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroUsize'],
  [wide, 'i128 u128 NonZeroI128 NonZeroU128'],
  [number, 'AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize'],
  [number, 'AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize'],
  [boolean, 'bool AtomicBool'],
  [unknown, 'Value JsonValue RawValue'],
  [unit, 'PhantomData'],
  [{ kind: 'upload' }, 'Upload'],
  [{ kind: 'list', of: number }, 'Bytes BytesMut'],
]

const list = ([of = unknown]: TypeRef[]): TypeRef => ({ kind: 'list', of })
const same = ([of = unknown]: TypeRef[]): TypeRef => of
const map = ([key = unknown, value = unknown]: TypeRef[]): TypeRef => ({ kind: 'map', key, value })
// JSON has one `null`, so an `Option` of an `Option` is one `Option`.
const option = ([of = unknown]: TypeRef[]): TypeRef =>
  of.kind === 'option' ? of : { kind: 'option', of }

const generic: [(args: TypeRef[]) => TypeRef, params: number, most: number, string][] = [
  [option, 1, 1, 'Option'],
  [list, 1, 2, 'Vec VecDeque LinkedList BinaryHeap BTreeSet'],
  [list, 1, 2, 'HashSet IndexSet FxHashSet AHashSet'],
  [map, 2, 3, 'HashMap BTreeMap IndexMap FxHashMap AHashMap'],
  // [serde] writes smart pointers and cells as the value inside.
  [same, 1, 2, 'Box Arc Rc'],
  [same, 1, 1, 'Cow Cell RefCell Mutex RwLock Wrapping Saturating Reverse'],
]

const known = new Map<string, KnownType>()
for (const [ref, names] of plain) {
  for (const name of names.split(' ')) known.set(name, { kind: 'plain', ref })
}
for (const [of, params, most, names] of generic) {
  for (const name of names.split(' ')) known.set(name, { kind: 'generic', params, most, of })
}
known.set('Page', { kind: 'built-in', name: 'Page', params: 1 })
known.set('PageInfo', { kind: 'built-in', name: 'PageInfo', params: 0 })
known.set('Duration', { kind: 'built-in', name: 'Duration', params: 0 })
known.set('SystemTime', { kind: 'built-in', name: 'SystemTime', params: 0 })
known.set('Result', { kind: 'built-in', name: 'Result', params: 2 })

const json: KnownType = { kind: 'plain', ref: unknown }
const jsonOf: KnownType = { kind: 'generic', params: 1, most: 1, of: same }
const jsonMap: KnownType = { kind: 'generic', params: 2, most: 2, of: map }
/** Crates that write their `Duration` differently from the standard library. */
const ownDuration = new Set(['chrono', 'time'])

/** The type behind a path that leads out of the sources; `null` when it is not known. */
export function findKnownType(path: string[], args: number): KnownType | null {
  const [first = '', ...rest] = path
  const name = path.at(-1) ?? ''
  if (name === 'Duration' && rest.length === 1 && ownDuration.has(first)) return null
  // sqlx's `Json<T>` is written as the value inside.
  if (name === 'Json') return args === 0 ? json : jsonOf
  if (name === 'Map' && first === 'serde_json') return jsonMap
  if (name === 'Number' && first === 'serde_json') return { kind: 'plain', ref: number }
  return known.get(name) ?? findForgeType(path)
}

/** True for pointers and cells: the value inside is sent. */
export function isTransparent(name: string): boolean {
  const found = known.get(name)
  return found?.kind === 'generic' && found.of === same
}
