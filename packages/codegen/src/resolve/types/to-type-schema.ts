import { derivesOf } from '../../parse/attributes.ts'
import type { Declaration } from '../../parse/rust.ts'
import type { TypeSchema, TypeShape } from '../../schema.ts'
import { type Context, within } from '../names/context.ts'
import { readSerde } from '../serde/read-serde.ts'
import { toEnumShape } from './enum-shape.ts'
import { proxyShape } from './proxy-shape.ts'
import { toStructShape } from './struct-shape.ts'
import { toTypeRef } from './to-type-ref.ts'

/** Resolves a declaration into its form on the wire. */
export function toTypeSchema(declaration: Declaration, context: Context): TypeSchema {
  const { name, docs, generics, place } = declaration
  const params = generics.filter(({ kind }) => kind === 'type').map((generic) => generic.name)
  return { name, docs, params, place, ...toShape(declaration, context) }
}

function toShape(declaration: Declaration, context: Context): TypeShape {
  const where = within(declaration, context)
  if (declaration.kind === 'alias') {
    return { form: 'alias', type: toTypeRef(declaration.type, where) }
  }
  const derives = derivesOf(declaration.attributes)
  // [serde_repr] writes a variant's number. [serde_with] writes the output of `Display`.
  if (derives.has('Serialize_repr') || derives.has('Deserialize_repr')) {
    return { form: 'alias', type: { kind: 'number' } }
  }
  if (derives.has('SerializeDisplay') || derives.has('DeserializeFromStr')) {
    return { form: 'alias', type: { kind: 'string' } }
  }
  const serde = readSerde(declaration.attributes, context.report)
  const proxy = proxyShape(declaration, serde, where)
  if (proxy) return proxy
  return declaration.kind === 'enum'
    ? toEnumShape(declaration, serde, where)
    : toStructShape(declaration, serde, where)
}
