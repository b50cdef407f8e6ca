import { findSame } from '../../names.ts'
import type { Problem } from '../../problem.ts'
import { showPlace } from '../../problem.ts'
import type { FunctionSchema, TypeSchema } from '../../schema.ts'

/** Finds types that would have the same name in TypeScript. */
export function findSameTypes(types: TypeSchema[]): Problem[] {
  return findSame(types, ({ name }) => name).map(([first, second]) => ({
    place: second.place,
    message: `There are two types named \`${second.name}\`: the other is at ${showPlace(first.place)}`,
    hint: 'Rename one of them: in TypeScript both would stand in one file.',
  }))
}

/** Finds functions that have the same name on the wire. */
export function findSameFunctions(functions: FunctionSchema[]): Problem[] {
  return findSame(functions, ({ wireName }) => wireName).map(([first, second]) => ({
    place: second.place,
    message: `There are two functions that are called "${second.wireName}" on the wire: the other is at ${showPlace(first.place)}`,
    hint:
      first.kind === 'workflow' && second.kind === 'workflow'
        ? 'Of the versions of a workflow one can be started: mark the others `status = "deprecated"`.'
        : `Rename one of them, or give it a name of its own: #[forge::${second.kind}(name = "…")].`,
  }))
}
