import type { Report } from '../../problem.ts'
import type { ArgsSchema, FieldSchema, FunctionSchema, TypeRef, TypeSchema } from '../../schema.ts'
import { refsIn, usesOfType } from './type-uses.ts'

type SentArgs = Exclude<ArgsSchema, { form: 'none' }>

/** Finds files in the arguments and outputs of functions. */
export interface Uploads {
  /** True where the type holds a file, at any depth. */
  isIn(ref: TypeRef): boolean
  /** True where the arguments hold a file, at any depth. */
  isInArgs(args: SentArgs): boolean
  /**
   * Reports files that no server gets or gives. Forge takes a file only as a member of the
   * arguments, and never returns one.
   */
  check(declared: FunctionSchema): void
}

export function createUploads(types: readonly TypeSchema[], report: Report): Uploads {
  const byName = new Map(types.map((type) => [type.name, type]))
  return { isIn, isInArgs: (args) => refsOf(args).some((ref) => isIn(ref)), check }

  function isIn(ref: TypeRef, seen: Set<string> = new Set()): boolean {
    return refsIn(ref).some((inner) => {
      if (inner.kind === 'upload') return true
      const type = inner.kind === 'named' ? byName.get(inner.name) : undefined
      if (!type || seen.has(type.name)) return false
      seen.add(type.name)
      return usesOfType(type).some((use) => isIn(use.ref, seen))
    })
  }

  function check({ name, args, output, place }: FunctionSchema): void {
    if (isIn(output)) {
      report(
        place,
        `\`${name}\` gives an \`Upload\`: a file is sent to a server, and never received like that`,
        'Give its address, or what is to be known of it.',
      )
    }
    if (args.form === 'none') return
    if (args.form === 'object' && !args.bare) args.fields.forEach(checkMember)
    else
      for (const ref of refsOf(args)) checkSent(ref, args.form === 'direct' ? args.place : place, 0)
  }

  /** The body must be a file, or an object that may hold one. */
  function checkSent(ref: TypeRef, place: FieldSchema['place'], depth: number): void {
    const type = ref.kind === 'named' ? byName.get(ref.name) : undefined
    if (ref.kind === 'option') checkSent(ref.of, place, depth)
    else if (type?.form === 'alias' && depth < byName.size)
      checkSent(type.type, type.place, depth + 1)
    else if (type?.form === 'object' && depth < byName.size) {
      for (const field of type.fields) {
        if (field.flatten) checkSent(field.type, field.place, depth + 1)
        else checkMember(field)
      }
    } else if (ref.kind !== 'upload' && isIn(ref)) refuse(place)
  }

  function checkMember({ type, place }: FieldSchema): void {
    const of = type.kind === 'option' ? type.of : type
    if (of.kind !== 'upload' && isIn(of)) refuse(place)
  }

  function refuse(place: FieldSchema['place']): void {
    report(
      place,
      'There is a file in here, and Forge takes files as members of the arguments themselves only',
      'Make it a parameter, or a field of the only one, of type Upload or Option<Upload>.',
    )
  }
}

/** The types of the arguments. */
function refsOf(args: SentArgs): TypeRef[] {
  return args.form === 'direct' ? [args.type] : args.fields.map(({ type }) => type)
}
