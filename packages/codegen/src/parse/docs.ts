import type { Node } from 'web-tree-sitter'
import type { Meta } from './meta.ts'

/** The text of a doc comment, a line each; `null` when the comment is an ordinary one. */
export function readDocComment(node: Node): string[] | null {
  const children = node.namedChildren
  if (!children.some(({ type }) => type === 'outer_doc_comment_marker')) return null
  const text = children.find(({ type }) => type === 'doc_comment')?.text ?? ''
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  return node.type === 'line_comment' ? lines : lines.map(withoutStar)
}

/** The text of `#[doc = "…"]`. */
export function readDocAttribute({ path, text }: Meta): string[] {
  return path === 'doc' && text !== null ? text.split(/\r?\n/) : []
}

/** Without what all lines begin with, and without empty lines before and after. */
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
