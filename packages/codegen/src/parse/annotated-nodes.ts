import type { Node } from 'web-tree-sitter'
import { isTestOnly, readAttribute } from './attributes.ts'
import { readDocAttribute, readDocComment, trimDocs } from './docs.ts'
import type { Meta } from './meta.ts'
import type { Source } from './source.ts'

/** A syntax node with the doc comment and the attributes above it. */
export interface AnnotatedNode {
  node: Node
  docs: string[]
  attributes: Meta[]
}

/** The items, fields, variants or parameters of a list, without those compiled for tests only. */
export function annotatedNodes(list: Node, source: Source): AnnotatedNode[] {
  return allAnnotatedNodes(list, source).filter(({ attributes }) => !isTestOnly(attributes))
}

/** The same, with those compiled for tests only. */
export function allAnnotatedNodes(list: Node, source: Source): AnnotatedNode[] {
  const members: AnnotatedNode[] = []
  let docs: string[] = []
  let attributes: Meta[] = []
  for (const node of list.namedChildren) {
    if (node.type === 'attribute_item') {
      const read = readAttribute(node, source)
      attributes.push(...read)
      docs.push(...read.flatMap(readDocAttribute))
    } else if (node.isExtra) {
      docs.push(...(readDocComment(node) ?? []))
    } else if (node.type !== 'visibility_modifier') {
      members.push({ node, docs: trimDocs(docs), attributes })
      docs = []
      attributes = []
    }
  }
  return members
}
