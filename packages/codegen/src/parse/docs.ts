import type { Node } from 'web-tree-sitter'
import type { Meta } from './meta.ts'

/** The lines of a doc comment; `null` for an ordinary comment. */
export function readDocComment(node: Node): string[] | null {
  const children = node.namedChildren
  if (!children.some(({ type }) => type === 'outer_doc_comment_marker')) return null
  const text = children.find(({ type }) => type === 'doc_comment')?.text ?? ''
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  return node.type === 'line_comment' ? lines : lines.map(withoutStar)
}

/** The lines of `#[doc = "…"]`. */
export function readDocAttribute({ path, text }: Meta): string[] {
  return path === 'doc' && text !== null ? text.split(/\r?\n/) : []
}

/** Removes the indentation that all lines share, and empty lines at both ends. */
export function trimDocs(lines: string[]): string[] {
  const filled = lines.filter((line) => line.trim() !== '')
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length))
  const trimmed = lines.map((line) => line.slice(indent).trimEnd())
  const first = trimmed.findIndex((line) => line !== '')
  const last = trimmed.findLastIndex((line) => line !== '')
  return first < 0 ? [] : trimmed.slice(first, last + 1)
}

function withoutStar(line: string): string {
  return line.replace(/^\s*\*/, '')
}
