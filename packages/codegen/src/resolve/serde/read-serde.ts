import { lastOf } from '../../parse/attributes.ts'
import type { Meta } from '../../parse/meta.ts'
import type { Place, Report } from '../../problem.ts'
import type { Directions } from './directions.ts'
import { type RenameRule, renameRules } from './rename-rules.ts'

/** A setting that may differ between reading (`in`) and writing (`out`). */
export interface Directed<T> {
  in: T | null
  out: T | null
}

/** The serde attributes of a type, a field or a variant. @see https://serde.rs/attributes.html */
export interface Serde {
  rename: Directed<string>
  renameAll: Directed<RenameRule>
  renameAllFields: Directed<RenameRule>
  skip: Directions
  /** The server may leave the field out. */
  skipIf: boolean
  /** The client may leave the field out. */
  default: boolean
  /** The server leaves out every field that is `None`. */
  skipNone: boolean
  /** Unknown members are refused. */
  denyUnknown: boolean
  flatten: boolean
  transparent: boolean
  untagged: boolean
  tag: string | null
  content: string | null
  /** The type that is read or written instead: `from`, `try_from`, `into`. */
  proxy: Directed<{ type: string; place: Place }>
  /** The function or module that reads and writes the field in its own way. */
  with: { path: string; place: Place } | null
}

/** Attributes that do not change how a value is written. */
const ofNoMatter = new Set(['alias', 'borrow', 'bound', 'crate', 'expecting', 'other'])

/** Reads the serde attributes among these. Reports an unknown one. */
export function readSerde(attributes: Meta[], report: Report): Serde {
  const serde: Serde = {
    rename: { in: null, out: null },
    renameAll: { in: null, out: null },
    renameAllFields: { in: null, out: null },
    skip: { in: false, out: false },
    skipIf: false,
    default: false,
    skipNone: false,
    denyUnknown: false,
    flatten: false,
    transparent: false,
    untagged: false,
    tag: null,
    content: null,
    proxy: { in: null, out: null },
    with: null,
  }
  for (const attribute of attributes) {
    if (attribute.path === 'serde') for (const item of attribute.items) read(item)
    if (lastOf(attribute.path) === 'skip_serializing_none') serde.skipNone = true
    // [serde_with] the type in `as` decides how the field is written.
    if (attribute.path === 'serde_as') {
      const as = attribute.items.find(({ path }) => path === 'as')
      if (as) serde.with = { path: as.text ?? '', place: as.place }
    }
  }
  return serde

  function read(item: Meta): void {
    const { path, text, place } = item
    switch (path) {
      case 'rename':
        merge(serde.rename, directed(item))
        break
      case 'rename_all':
        merge(serde.renameAll, rules(item))
        break
      case 'rename_all_fields':
        merge(serde.renameAllFields, rules(item))
        break
      case 'skip':
        serde.skip = { in: true, out: true }
        break
      case 'skip_serializing':
        serde.skip.out = true
        break
      case 'skip_deserializing':
        serde.skip.in = true
        break
      case 'skip_serializing_if':
        serde.skipIf = true
        break
      case 'default':
        serde.default = true
        break
      case 'deny_unknown_fields':
        serde.denyUnknown = true
        break
      case 'flatten':
      case 'transparent':
      case 'untagged':
        serde[path] = true
        break
      case 'tag':
      case 'content':
        serde[path] = text
        break
      case 'from':
      case 'try_from':
        serde.proxy.in = text === null ? null : { type: text, place }
        break
      case 'into':
        serde.proxy.out = text === null ? null : { type: text, place }
        break
      case 'with':
      case 'serialize_with':
      case 'deserialize_with':
        serde.with = { path: text ?? '', place }
        break
      default:
        if (!ofNoMatter.has(path)) {
          report(
            place,
            `serde's \`${path}\` is not known here, nor what it does to what is sent`,
            'Say it with attributes that are: rename, rename_all, skip, default, flatten, tag, content, untagged, transparent, from, into.',
          )
        }
    }
  }

  function rules(item: Meta): Directed<RenameRule> {
    const { in: read, out: written } = directed(item)
    return { in: toRule(read, item.place), out: toRule(written, item.place) }
  }

  function toRule(text: string | null, place: Place): RenameRule | null {
    const rule = renameRules.find((rule) => rule === text)
    if (text !== null && !rule) {
      report(place, `"${text}" is none of serde's cases`, `There are ${renameRules.join(', ')}.`)
    }
    return rule ?? null
  }
}

/** `rename = "id"`, or `rename(serialize = "id", deserialize = "key")`. */
function directed({ text, items }: Meta): Directed<string> {
  if (text !== null) return { in: text, out: text }
  const of = (name: string) => items.find(({ path }) => path === name)?.text ?? null
  return { in: of('deserialize'), out: of('serialize') }
}

function merge<T>(into: Directed<T>, from: Directed<T>): void {
  into.in = from.in ?? into.in
  into.out = from.out ?? into.out
}
