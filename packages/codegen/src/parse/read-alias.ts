import type { AnnotatedNode } from './annotated-nodes.ts'
import { readGenerics } from './read-generics.ts'
import { readName, readType } from './read-type.ts'
import type { Declaration, Scope } from './rust.ts'
import type { Source } from './source.ts'

/** Reads `type Name = …;`. */
export function readAlias(member: AnnotatedNode, scope: Scope, source: Source): Declaration | null {
  const { node, docs, attributes } = member
  const name = node.childForFieldName('name')
  const type = node.childForFieldName('type')
  if (!name || !type) return null
  return {
    kind: 'alias',
    name: readName(name.text),
    docs,
    attributes,
    generics: readGenerics(node, source),
    type: readType(type, source),
    scope,
    place: source.placeAt(name.startIndex),
  }
}
