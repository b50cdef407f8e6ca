import type { Place } from '../problem.ts'

/**
 * The content of an attribute. `derive(Debug, Clone)` is a path with items, `doc = "…"` a path with
 * a value, `serde(rename = "id")` a path with an item that has a value.
 *
 * @see https://doc.rust-lang.org/reference/attributes.html#meta-item-attribute-syntax
 */
export interface Meta {
  /** `serde`, `forge::job`; empty where there is no path, as for a number. */
  path: string
  /** The string after `=`; `null` where no string follows. */
  text: string | null
  /** True where another expression follows `=`: a number, or the name of a constant. */
  expression: boolean
  items: Meta[]
  place: Place
}

interface Token {
  kind: 'name' | 'string' | 'open' | 'close' | 'other'
  text: string
  index: number
}

const anyToken = new RegExp(
  [
    /(?<skip>\s+|\/\/[^\n]*|\/\*.*?\*\/)/su,
    /[bc]?r(?<hashes>#*)"(?<raw>.*?)"\k<hashes>/su,
    /[bc]?"(?<string>(?:[^"\\]|\\.)*)"/su,
    /(?<char>b?'(?:[^'\\]|\\.[^']*)')/su,
    /(?<name>(?:r#)?[\p{XID_Start}_]\p{XID_Continue}*|::)/su,
    /(?<open>[([{])/su,
    /(?<close>[)\]}])/su,
    /(?<other>.)/su,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gsu',
)

/** Parses the text between `#[` and `]`. It never fails: rustc reports what is wrong. */
export function parseMeta(text: string, placeAt: (index: number) => Place): Meta {
  const cursor = { tokens: tokenize(text), at: 0, placeAt }
  return parseItem(cursor) ?? emptyMeta(placeAt(0))
}

function emptyMeta(place: Place): Meta {
  return { path: '', text: null, expression: false, items: [], place }
}

interface Cursor {
  tokens: Token[]
  at: number
  placeAt: (index: number) => Place
}

/** The items up to the end of a list, or of the text. */
function parseItems(cursor: Cursor): Meta[] {
  const items: Meta[] = []
  for (let token = cursor.tokens[cursor.at]; token; token = cursor.tokens[cursor.at]) {
    if (token.kind === 'close') break
    const item = token.text === ',' && token.kind === 'other' ? null : parseItem(cursor)
    if (item) items.push(item)
    else cursor.at += 1
  }
  cursor.at += 1
  return items
}

function parseItem(cursor: Cursor): Meta | null {
  const first = cursor.tokens[cursor.at]
  if (!first) return null
  const item = emptyMeta(cursor.placeAt(first.index))
  while (cursor.tokens[cursor.at]?.kind === 'name') {
    item.path += cursor.tokens[cursor.at]?.text.replace(/^r#/, '')
    cursor.at += 1
  }
  const next = cursor.tokens[cursor.at]
  if (next?.kind === 'open') {
    cursor.at += 1
    item.items = parseItems(cursor)
  } else if (next?.text === '=' && next.kind === 'other') {
    cursor.at += 1
    const value = skipValue(cursor)
    const [only] = value
    if (value.length === 1 && only?.kind === 'string') item.text = only.text
    else item.expression = true
    return item
  }
  // Skips anything that is not a meta item, such as `1 + 2`.
  skipValue(cursor)
  return item
}

/** The tokens up to the comma or the bracket that ends an item. */
function skipValue(cursor: Cursor): Token[] {
  const start = cursor.at
  let depth = 0
  for (let token = cursor.tokens[cursor.at]; token; token = cursor.tokens[cursor.at]) {
    if (depth === 0 && (token.kind === 'close' || (token.kind === 'other' && token.text === ','))) {
      break
    }
    if (token.kind === 'open') depth += 1
    if (token.kind === 'close') depth -= 1
    cursor.at += 1
  }
  return cursor.tokens.slice(start, cursor.at)
}

function tokenize(text: string): Token[] {
  const found: Token[] = []
  for (const match of text.matchAll(anyToken)) {
    const { skip, raw, string, char, name, open, close, other } = match.groups ?? {}
    const index = match.index
    if (skip !== undefined) continue
    if (raw !== undefined) found.push({ kind: 'string', text: raw, index })
    else if (string !== undefined) found.push({ kind: 'string', text: unescaped(string), index })
    else if (name !== undefined) found.push({ kind: 'name', text: name, index })
    else if (open !== undefined) found.push({ kind: 'open', text: open, index })
    else if (close !== undefined) found.push({ kind: 'close', text: close, index })
    else found.push({ kind: 'other', text: char ?? other ?? '', index })
  }
  return found
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0' }
const anyEscape =
  /\\(?:u\{(?<code>[\da-fA-F_]+)\}|x(?<byte>[\da-fA-F]{2})|(?<line>\r?\n\s*)|(?<one>.))/gsu

/** @see https://doc.rust-lang.org/reference/tokens.html#string-literals */
function unescaped(text: string): string {
  return text.replace(anyEscape, (...match) => {
    const groups: Record<string, string | undefined> = match.at(-1)
    const hex = groups.code?.replaceAll('_', '') ?? groups.byte
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16))
    return groups.one === undefined ? '' : (escapes[groups.one] ?? groups.one)
  })
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
}
