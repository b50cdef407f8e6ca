import { compareNames } from '../../names.ts'
import type { Problem } from '../../problem.ts'
import type { Changes } from '../model/changes.ts'
import type { Model } from '../model/model.ts'
import { toTypeName } from '../model/naming.ts'
import type { Doc } from '../print/doc.ts'
import type { Imports } from '../print/imports.ts'
import { codecName, type EmittedFunction } from '../types/emitted-function.ts'
import { typeDeclaration } from '../types/type-declaration.ts'
import type { TypeWriter } from '../types/type-doc.ts'
import { codecDeclaration } from './codec.ts'
import { type Helper, helpers } from './convert-helpers.ts'
import type { ConvertContext, Way } from './convert-writer.ts'
import { converterDeclaration, converterName } from './converter.ts'

/** The `convert.ts` that is being written. */
export interface ConvertFile {
  model: Model
  changes: Changes
  imports: Imports
  modules: { types: string }
}

/**
 * Writes the codecs of functions with the converters and types they need, or says why it cannot.
 */
export function convertDeclarations(
  { model, changes, imports, modules }: ConvertFile,
  functions: readonly EmittedFunction[],
): { declarations: Doc[]; problems: Problem[] } {
  // These grow while the loops below walk them: a converter may need more converters.
  const wantedConverters = new Map<string, { name: string; way: Way }>()
  const wantedTypes = new Set<string>()
  const wantedHelpers = new Set<Helper>()
  const problems = new Map<string, Problem>()

  const program: TypeWriter = {
    model,
    nameOf: (name) => imports.type(modules.types, toTypeName(name)),
    paramOf: (name) => name,
  }
  const wire: TypeWriter = {
    model,
    wire: changes,
    nameOf(name) {
      if (!changes.ofType(name)) return program.nameOf(name)
      wantedTypes.add(name)
      return wireTypeName(model, name)
    },
    paramOf: (name) => name,
  }
  const writerAt: ConvertContext['writerAt'] = (place, way, usage) => ({
    model,
    changes,
    way,
    usage,
    converterOf(name) {
      wantedConverters.set(`${name} ${way}`, { name, way })
      return converterName(name, way)
    },
    helper(name) {
      wantedHelpers.add(name)
      return name
    },
    // A type that goes both ways reports the same problem twice.
    fail: (message, hint, at = place) =>
      problems.set(JSON.stringify([at, message]), { place: at, message, hint }),
  })
  const context: ConvertContext = { imports, program, wire, writerAt }

  const codecs = functions.filter((fn) => codecName(fn) !== null)
  const declarations = codecs.map((fn) => codecDeclaration(context, fn))
  const converters: [name: string, doc: Doc][] = []
  for (const [key, { name, way }] of wantedConverters) {
    const type = model.find(name)
    if (type) converters.push([key, converterDeclaration(context, type, way, model.usageOf(name))])
  }
  const types: [name: string, doc: Doc][] = []
  for (const name of wantedTypes) {
    const type = model.find(name)
    const declared = wireTypeName(model, name)
    if (type) types.push([name, typeDeclaration(wire, type, declared, model.usageOf(name))])
  }
  declarations.push(...inOrder(types), ...inOrder(converters))
  declarations.push(...[...wantedHelpers].toSorted(compareNames).map((name) => helpers[name]))
  return { declarations, problems: [...problems.values()] }
}

function inOrder(named: [name: string, doc: Doc][]): Doc[] {
  return named.toSorted(([a], [b]) => compareNames(a, b)).map(([, doc]) => doc)
}

/** The name of a type's form on the wire. */
function wireTypeName(model: Model, name: string): string {
  return model.find(`${name}Wire`) ? `${name}Wire_` : `${name}Wire`
}
