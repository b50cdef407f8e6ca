import type { Node } from 'web-tree-sitter'
import { partsOf, readName } from './read-type.ts'

/** Maps the names that a `use` declaration brings in to their paths. */
export function readUse(node: Node, module: string[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  const argument = node.childForFieldName('argument')
  if (argument) add(argument, [])
  return names

  function add(tree: Node, before: string[]): void {
    switch (tree.type) {
      case 'use_as_clause': {
        const path = [...before, ...pathOf(tree.childForFieldName('path'))]
        const alias = tree.childForFieldName('alias')
        if (alias) names.set(readName(alias.text), fromRoot(path, module))
        break
      }
      case 'scoped_use_list': {
        const path = [...before, ...pathOf(tree.childForFieldName('path'))]
        const list = tree.childForFieldName('list')
        if (list) add(list, path)
        break
      }
      case 'use_list':
        for (const part of partsOf(tree)) add(part, before)
        break
      case 'use_wildcard':
        break
      default: {
        const own = pathOf(tree)
        // `use users::{self}` brings in `users`.
        const path = [...before, ...(own.length === 1 && own[0] === 'self' ? [] : own)]
        const last = path.at(-1)
        if (last !== undefined) names.set(last, fromRoot(path, module))
      }
    }
  }
}

/** Turns a path that begins with `self` or `super` into one that begins with `crate`. */
export function fromRoot(path: string[], module: string[]): string[] {
  const [first, ...rest] = path
  if (first === 'self') return ['crate', ...module, ...rest]
  if (first !== 'super') return path
  let up = 0
  while (path[up] === 'super') up += 1
  return ['crate', ...module.slice(0, Math.max(0, module.length - up)), ...path.slice(up)]
}

function pathOf(node: Node | null): string[] {
  if (!node) return []
  return node.text
    .split('::')
    .map((part) => readName(part.trim()))
    .filter((part) => part !== '')
}
