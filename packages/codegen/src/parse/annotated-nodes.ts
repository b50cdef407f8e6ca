import type { Node } from 'web-tree-sitter'
import { isTestOnly, readAttribute } from './attributes.ts'
import { readDocAttribute, readDocComment, trimDocs } from './docs.ts'
import type { Meta } from './meta.ts'
import type { Source } from './source.ts'

/** Something with what is written above it. */
export interface Member {
  node: Node
  docs: string[]
  attributes: Meta[]
}

/** What stands in a list of items, fields, variants or parameters. What is compiled for tests only is left out. */
export function readMembers(list: Node, source: Source): Member[] {
  return readAllMembers(list, source).filter(({ attributes }) => !isTestOnly(attributes))
}

/** What stands in a list, each with its attributes and its doc comment. */
export function readAllMembers(list: Node, source: Source): Member[] {
  const members: Member[] = []
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
