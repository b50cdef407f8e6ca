import type { RustFile } from '../parse/rust.ts'
import type { Place, Problem } from '../problem.ts'
import type { FunctionSchema, Schema, TypeSchema } from '../schema.ts'
import { findSameFunctions, findSameTypes } from './finish/duplicates.ts'
import { withEnvelopes } from './finish/envelopes.ts'
import { findNoObjects } from './finish/flattening.ts'
import { findBadKeys } from './finish/map-keys.ts'
import { usesOfFunction, usesOfType } from './finish/type-uses.ts'
import { dropUnusedParams } from './finish/unused-params.ts'
import { isRetired, toFunctionSchema, toWireName } from './functions/to-function-schema.ts'
import { alsoBuiltIn, type BuiltIn, builtInType } from './known/built-in-types.ts'
import type { Context } from './names/context.ts'
import { indexDeclarations } from './names/declarations.ts'
import { isForgeType } from './serde/directions.ts'
import { toTypeSchema } from './types/to-type-schema.ts'

/** Further facts about the sources. */
export interface ParseOptions {
  /**
   * TypeScript for Rust types, or for fields such as `User.site`, that the sources do not describe.
   */
  types?: Record<string, string>
}

/** The schema of the sources, or all their problems, sorted by place. */
export type Parsed = { schema: Schema } | { problems: Problem[] }

/**
 * Resolves declared files into a schema: every function, and every type that one of them reaches.
 */
export function resolve(files: RustFile[], { types: given = {} }: ParseOptions): Parsed {
  const compiled = withoutTests(files)
  const problems = files.flatMap((file) => file.problems)
  const reached = new Set(compiled.flatMap(({ types }) => types).filter(isForgeType))
  const builtIn = new Map<BuiltIn, TypeSchema>()
  const context: Context = {
    declarations: indexDeclarations(compiled),
    types: new Map(Object.entries(given)),
    report: (place, message, hint) => problems.push({ place, message, hint }),
    reach: (declaration) => reached.add(declaration),
    reachBuiltIn(name, place) {
      if (!builtIn.has(name)) builtIn.set(name, builtInType(name, place))
      const more = alsoBuiltIn[name]
      if (more) context.reachBuiltIn(more, place)
    },
  }

  const declared = toFunctions(compiled, context)
  const types: TypeSchema[] = []
  // The set grows while the loop walks it: each type adds the types that it reaches.
  for (const declaration of reached) types.push(toTypeSchema(declaration, context))
  types.push(...builtIn.values())
  const functions = withEnvelopes(declared, types, context.report)

  problems.push(...findSameTypes(types), ...findSameFunctions(functions))
  const uses = [...functions.flatMap(usesOfFunction), ...types.flatMap(usesOfType)]
  problems.push(...findBadKeys(types, uses), ...findNoObjects(types))
  if (problems.length > 0) return { problems: inOrder(problems) }
  return { schema: dropUnusedParams({ functions, types }) }
}

/** Drops the files below a `#[cfg(test)] mod tests;`. */
function withoutTests(files: RustFile[]): RustFile[] {
  const tests = files.flatMap(({ crate, testModules }) =>
    testModules.map((module) => [crate, ...module].join('::')),
  )
  const isTest = ({ crate, module }: RustFile) => {
    const path = [crate, ...module].join('::')
    return tests.some((test) => path === test || path.startsWith(`${test}::`))
  }
  return tests.length === 0 ? files : files.filter((file) => !isTest(file))
}

/**
 * All functions, by kind, then by name: of two with one wire name, the later is reported. Retired
 * versions of a workflow are dropped if another one starts.
 */
function toFunctions(files: RustFile[], context: Context): FunctionSchema[] {
  const all = files.flatMap(({ functions }) => functions)
  const active = all.filter((declared) => !isRetired(declared))
  const functions = active.map((declared) => toFunctionSchema(declared, context))
  const startable = new Set(functions.map(({ wireName }) => wireName))
  for (const declared of all.filter(isRetired)) {
    if (startable.has(toWireName(declared, context))) continue
    functions.push(toFunctionSchema(declared, context))
  }
  return functions.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byName(a, b))
}

const kinds: FunctionSchema['kind'][] = ['query', 'mutation', 'job', 'workflow']

/** Orders by name, then by place. */
function byName(a: { name: string; place: Place }, b: { name: string; place: Place }): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return byPlace(a, b)
}

function byPlace(a: { place: Place }, b: { place: Place }): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1
  return a.place.line - b.place.line || a.place.column - b.place.column
}

/** Sorts problems by place, and drops repeated ones. */
function inOrder(problems: Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...once.values()].sort(byPlace)
}
