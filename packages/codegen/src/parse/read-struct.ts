import type { Node } from 'web-tree-sitter'
import { type AnnotatedNode, annotatedNodes } from './annotated-nodes.ts'
import { readGenerics } from './read-generics.ts'
import { readName, readType } from './read-type.ts'
import type { Body, Declaration, RustField, Scope } from './rust.ts'
import type { Source } from './source.ts'

/** Reads `struct Name { … }`, `struct Name(…);` and `struct Name;`. */
export function readStruct(
  member: AnnotatedNode,
  scope: Scope,
  source: Source,
): Declaration | null {
  const { node, docs, attributes } = member
  const name = node.childForFieldName('name')
  if (!name) return null
  return {
    kind: 'struct',
    name: readName(name.text),
    docs,
    attributes,
    generics: readGenerics(node, source),
    body: readBody(node.childForFieldName('body'), source),
    scope,
    place: source.placeAt(name.startIndex),
  }
}

/** Reads the braces or parentheses of a struct or a variant. */
export function readBody(list: Node | null, source: Source): Body {
  if (list?.type === 'field_declaration_list') {
    const fields = annotatedNodes(list, source).flatMap((member) => readField(member, source))
    return { form: 'named', fields }
  }
  if (list?.type === 'ordered_field_declaration_list') {
    const fields = annotatedNodes(list, source).map(({ node, docs, attributes }, position) => ({
      name: String(position),
      docs,
      attributes,
      type: readType(node, source),
      place: source.placeAt(node.startIndex),
    }))
    return { form: 'tuple', fields }
  }
  return { form: 'unit' }
}

function readField({ node, docs, attributes }: AnnotatedNode, source: Source): RustField[] {
  const name = node.childForFieldName('name')
  const type = node.childForFieldName('type')
  if (!name || !type) return []
  const place = source.placeAt(name.startIndex)
  return [{ name: readName(name.text), docs, attributes, type: readType(type, source), place }]
}
