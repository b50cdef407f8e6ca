import type { Problem } from '../schema.ts'
import type { Changes } from './changes.ts'
import type { ApiTarget } from './emit-api.ts'
import type { EmittedFunction } from './functions.ts'
import type { Model } from './model.ts'

/** Why a schema cannot be written: all at once. */
export function findProblems(
  _model: Model,
  _changes: Changes,
  _functions: readonly EmittedFunction[],
  _target: ApiTarget,
): Problem[] {
  return []
}
