import type { Node } from 'web-tree-sitter'
import { type Meta, parseMeta } from './meta.ts'
import type { Source } from './source.ts'

/** Reads `#[…]`. A `cfg_attr` is what it would add: which features are on is not known here. */
export function readAttribute(node: Node, source: Source): Meta[] {
  const content = node.namedChildren.find(({ type }) => type === 'attribute')
  if (!content) return []
  const { startIndex, endIndex } = content
  const text = source.text.slice(startIndex, endIndex)
  return unfoldCfgAttr(parseMeta(text, (index) => source.placeAt(startIndex + index)))
}

function unfoldCfgAttr(meta: Meta): Meta[] {
  if (meta.path !== 'cfg_attr') return [meta]
  const [condition, ...added] = meta.items
  return condition && impliesTest(condition) ? [] : added.flatMap(unfoldCfgAttr)
}

/** Whether what carries these is compiled for tests only. */
export function isTestOnly(attributes: Meta[]): boolean {
  return attributes.some(({ path, items }) => path === 'cfg' && items.some(impliesTest))
}

function impliesTest({ path, items }: Meta): boolean {
  if (path === 'all') return items.some(impliesTest)
  if (path === 'any') return items.length > 0 && items.every(impliesTest)
  return path === 'test'
}

/** All traits that are derived, by the last part of their names. */
export function derivesOf(attributes: Meta[]): Set<string> {
  const derives = attributes.filter(({ path }) => path === 'derive')
  return new Set(derives.flatMap(({ items }) => items.map(({ path }) => lastOf(path))))
}

/** `forge::job` is `job`. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1)
}
