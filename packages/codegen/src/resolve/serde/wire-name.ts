import type { Place, Report } from '../../problem.ts'
import type { Directions } from './directions.ts'
import type { Directed } from './read-serde.ts'
import type { RenameRule } from './rename-rules.ts'

/** The rules that decide a name on the wire. */
export interface Naming {
  /** The name in Rust. */
  name: string
  /** Its own `rename`. */
  rename: Directed<string>
  /** The `rename_all` of the type or enum around it. */
  rule: Directed<RenameRule>
  apply: (name: string, rule: RenameRule) => string
  /** A name that goes one way needs no name for the other way. */
  directions: Directions
  place: Place
}

/** The name that serde reads and writes. Reports a name that differs between the two. */
export function wireName(naming: Naming, report: Report): string {
  const { directions, place } = naming
  const read = nameFor('in', naming)
  const written = nameFor('out', naming)
  if (!directions.in) return written
  if (directions.out && read !== written) {
    report(
      place,
      `\`${naming.name}\` is read as "${read}" and written as "${written}": one type cannot say both`,
      'Give it one name both ways, or use two structs: one that derives Deserialize, one that derives Serialize.',
    )
  }
  return read
}

function nameFor(direction: keyof Directions, { name, rename, rule, apply }: Naming): string {
  const found = rule[direction]
  return rename[direction] ?? (found ? apply(name, found) : name)
}
