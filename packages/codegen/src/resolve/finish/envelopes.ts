import type { Place, Report } from '../../problem.ts'
import type { ArgsSchema, FunctionSchema, TypeSchema } from '../../schema.ts'
import { createOutlines, type ObjectOutline, type Outline, type Outlines } from './outlines.ts'
import { createUploads } from './uploads.ts'

type SentArgs = Exclude<ArgsSchema, { form: 'none' }>

/** Members that a server takes for an envelope when the object has no other member. */
const envelopes = ['args', 'input']

/**
 * Decides which functions send their arguments in an envelope. The types alone decide, so every
 * value of a function is sent alike. Reports arguments that no server can take.
 */
export function withEnvelopes(
  functions: readonly FunctionSchema[],
  types: readonly TypeSchema[],
  report: Report,
): FunctionSchema[] {
  const outlines = createOutlines(types)
  const uploads = createUploads(types, report)
  return functions.map((declared): FunctionSchema => {
    const { kind, args } = declared
    uploads.check(declared)
    if (args.form === 'none') return declared
    const isRun = kind === 'job' || kind === 'workflow'
    const sent = outlinesOf(args, outlines)
    if (isRun && sent.some((outline) => outline.kind === 'null')) reportNull(declared, args)
    if (!sent.some((outline) => isMistaken(outline, isRun))) return declared
    // A file must be a member of the arguments; an envelope would hide it.
    const isFile = sent.every(({ kind }) => kind === 'upload' || kind === 'null')
    if (isFile || !uploads.isInArgs(args))
      return { ...declared, args: { ...args, enveloped: true } }
    if (args.form === 'object' && !args.bare) {
      const filled = { ...outlines.ofFields(args.fields), maybe: new Set<string>() }
      const always = new Set(args.fields.map(({ wireName }) => wireName))
      if (!isMistaken({ ...filled, always }, isRun)) {
        return { ...declared, args: { ...args, filled: true } }
      }
    }
    report(
      placeOf(args, declared),
      `What \`${declared.name}\` takes may be empty or have but one member, and there may be a file in it: Forge would not find that`,
      'Give it a member besides that is always sent, or call it other than `args` and `input`.',
    )
    return declared
  })

  function reportNull(declared: FunctionSchema, args: SentArgs): void {
    const { kind, name } = declared
    report(
      placeOf(args, declared),
      `What the ${kind} \`${name}\` takes may be \`null\`, which Forge makes \`{}\` of before it is read`,
      'Take a struct that has it as an optional field.',
    )
  }
}

function placeOf(args: SentArgs, { place }: FunctionSchema): Place {
  return args.form === 'direct' ? args.place : (args.fields[0]?.place ?? place)
}

/** The outlines of the body, before any envelope. */
function outlinesOf(args: SentArgs, outlines: Outlines): Outline[] {
  if (args.form === 'direct') {
    if (args.member === null) return outlines.of(args.type)
    return [{ kind: 'object', always: new Set([args.member]), maybe: new Set(), isOpen: false }]
  }
  const [only] = args.fields
  return args.bare && only ? outlines.of(only.type) : [outlines.ofFields(args.fields)]
}

/**
 * True where a server may mistake the body for an envelope or for no arguments. A file alone needs
 * a name.
 */
function isMistaken(outline: Outline, isRun: boolean): boolean {
  if (outline.kind === 'anything' || outline.kind === 'upload') return true
  if (outline.kind !== 'object') return false
  // Queries and mutations read `{}` as `null`.
  return (!isRun && mayBeJust(outline)) || envelopes.some((name) => mayBeJust(outline, name))
}

/** True where an object may have these members and no others. */
function mayBeJust({ always, maybe, isOpen }: ObjectOutline, ...names: string[]): boolean {
  return (
    [...always].every((name) => names.includes(name)) &&
    names.every((name) => isOpen || always.has(name) || maybe.has(name))
  )
}
