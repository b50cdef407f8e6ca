import { type AnnotatedNode, annotatedNodes } from './annotated-nodes.ts'
import { readGenerics } from './read-generics.ts'
import { readBody } from './read-struct.ts'
import { readName } from './read-type.ts'
import type { Declaration, RustVariant, Scope } from './rust.ts'
import type { Source } from './source.ts'

/** Reads `enum Name { … }`. */
export function readEnum(member: AnnotatedNode, scope: Scope, source: Source): Declaration | null {
  const { node, docs, attributes } = member
  const name = node.childForFieldName('name')
  const list = node.childForFieldName('body')
  if (!name || !list) return null
  return {
    kind: 'enum',
    name: readName(name.text),
    docs,
    attributes,
    generics: readGenerics(node, source),
    variants: annotatedNodes(list, source).flatMap((variant) => readVariant(variant, source)),
    scope,
    place: source.placeAt(name.startIndex),
  }
}

function readVariant({ node, docs, attributes }: AnnotatedNode, source: Source): RustVariant[] {
  const name = node.childForFieldName('name')
  if (!name) return []
  const body = readBody(node.childForFieldName('body'), source)
  const place = source.placeAt(name.startIndex)
  return [{ name: readName(name.text), docs, attributes, body, place }]
}
