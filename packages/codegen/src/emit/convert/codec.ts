import type { TypeRef } from '../../schema.ts'
import { stripOptions } from '../model/shapes.ts'
import { received, sent } from '../model/usage.ts'
import type { Doc } from '../print/doc.ts'
import { block, list } from '../print/layouts.ts'
import { argsDoc, codecName, type EmittedFunction, outputDoc } from '../types/emitted-function.ts'
import { type TypeWriter, typeArgs, typeDoc } from '../types/type-doc.ts'
import { argsFunction, nullOnWire } from './args-function.ts'
import { arrow, convertValue } from './convert-value.ts'
import { type ConvertContext, type ConvertWriter, knownConverter } from './convert-writer.ts'

/** The codec of a function: `toWire` for its arguments, `fromWire` for its output. */
export function codecDeclaration(
  { imports, program, wire, writerAt }: ConvertContext,
  fn: EmittedFunction,
): Doc {
  const { schema, converts } = fn
  const members: Doc[] = []
  if (converts.args) {
    const writer = writerAt(schema.place, 'toWire', sent)
    const ofNull = nullOnWire(schema.args)
    members.push(['toWire: ', argsFunction(writer, schema.args, program)])
    if (ofNull !== null) members.push(['nullOnWire: ', ofNull])
  }
  if (converts.output) {
    const writer = writerAt(schema.place, 'fromWire', received)
    members.push(['fromWire: ', outputFunction(writer, schema.output, wire)])
  }
  const codec = imports.type('@headway/core', 'Codec')
  const types = typeArgs([argsDoc(program, fn), outputDoc(program, fn)])
  return [`export const ${codecName(fn)}: ${codec}`, types, ' = ', block(members, ',')]
}

/** A codec never reads `null`, so the codec of an `Option` converts the value inside. */
function outputFunction(writer: ConvertWriter, output: TypeRef, wire: TypeWriter): Doc {
  const of = stripOptions(output)
  const known = knownConverter(writer, of)
  if (known) return known
  const param = list('(', [['output: ', typeDoc(wire, of)]], ')')
  return arrow(param, convertValue(writer, of, 'output'), of)
}
