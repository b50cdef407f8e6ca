import type { Node } from 'web-tree-sitter'
import { type Meta, parseMeta } from './meta.ts'
import type { Source } from './source.ts'

/**
 * Reads `#[…]`. A `cfg_attr` counts as the attributes it may add: the features are not known here.
 */
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

/** True for an item that is compiled for tests only. */
export function isTestOnly(attributes: Meta[]): boolean {
  return attributes.some(({ path, items }) => path === 'cfg' && items.some(impliesTest))
}

function impliesTest({ path, items }: Meta): boolean {
  if (path === 'all') return items.some(impliesTest)
  if (path === 'any') return items.length > 0 && items.every(impliesTest)
  return path === 'test'
}

/** The derived traits, by the last part of their paths. */
export function derivesOf(attributes: Meta[]): Set<string> {
  const derives = attributes.filter(({ path }) => path === 'derive')
  return new Set(derives.flatMap(({ items }) => items.map(({ path }) => lastOf(path))))
}

/** `forge::job` gives `job`. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1)
}
