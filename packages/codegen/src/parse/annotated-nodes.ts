import type { Node } from 'web-tree-sitter'
import { isTestOnly, readAttribute } from './attributes.ts'
import { readDocAttribute, readDocComment, trimDocs } from './docs.ts'
import type { Meta } from './meta.ts'
import type { Source } from './source.ts'

/** Something with what is written above it. */
export interface AnnotatedNode {
  node: Node
  docs: string[]
  attributes: Meta[]
}

/** What stands in a list of items, fields, variants or parameters. What is compiled for tests only is left out. */
export function annotatedNodes(list: Node, source: Source): AnnotatedNode[] {
  return allAnnotatedNodes(list, source).filter(({ attributes }) => !isTestOnly(attributes))
}

/** What stands in a list, each with its attributes and its doc comment. */
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
