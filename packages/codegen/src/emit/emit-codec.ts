import { arrow, convertValue } from './convert-value.ts'
import { type ConvertContext, type ConvertWriter, knownConverter } from './convert-writer.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from './functions.ts'
import { block, type Doc, list } from './printer.ts'
import type { Shape } from './shapes.ts'
import { stripOptions, type TypeWriter, typeArgs, typeDoc } from './type-text.ts'
import { received, sent } from './usage.ts'

/** What converts what a function takes, what it gives, or both. */
export function codecDeclaration(
  { imports, program, wire, writerAt }: ConvertContext,
  fn: EmittedFunction,
): Doc {
  const { args, schema, converts } = fn
  const members: Doc[] = []
  if (converts.args && args) {
    const writer = writerAt(schema.place, 'toWire', sent)
    members.push(['toWire: ', codecFunction(writer, args, 'args', program)])
  }
  if (converts.output) {
    const writer = writerAt(schema.place, 'fromWire', received)
    members.push(['fromWire: ', codecFunction(writer, schema.output, 'output', wire)])
  }
  const codec = imports.type('@headway/core', 'Codec')
  const types = typeArgs([argsDoc(program, fn), outputDoc(program, fn)])
  return [`export const ${codecName(fn)}: ${codec}`, types, ' = ', block(members, ',')]
}

/** A codec is never given `null`: that of an `Option` converts what is in it. */
function codecFunction(writer: ConvertWriter, shape: Shape, name: string, types: TypeWriter): Doc {
  const of = stripOptions(shape)
  const known = knownConverter(writer, of)
  if (known) return known
  const param =
    of.kind === 'object' ? `(${name})` : list('(', [[`${name}: `, typeDoc(types, of)]], ')')
  return arrow(param, convertValue(writer, of, name), of)
}
