import type { Node } from 'web-tree-sitter'
import type { Problem } from '../problem.ts'
import type { Source } from './source.ts'

const hint =
  'Mend it, or name the file under `exclude` in the config when it is not yours to mend. Nothing in a file ' +
  'like this is read, since what the rest of it means cannot be known.'

/** Finds the first syntax error. Later ones often follow from it, so they are not reported. */
export function findSyntaxError(root: Node, source: Source): Problem[] {
  const node = root.hasError ? firstError(root) : null
  if (!node) return []
  const message = node.isMissing
    ? `This is not Rust that can be read: \`${node.type}\` is missing here`
    : `This is not Rust that can be read: ${describe(node.text)}`
  return [{ place: source.placeAt(node.startIndex), message, hint }]
}

/** Depth first, in the order of the text. An error inside an error is more exact. */
function firstError(node: Node): Node | null {
  if (node.isMissing) return node
  for (const child of node.children) {
    if (!child.hasError && !child.isError && !child.isMissing) continue
    const found = firstError(child)
    if (found) return found
  }
  return node.isError ? node : null
}

function describe(text: string): string {
  const [line = ''] = text.trim().split(/\r?\n/)
  const shown = line.length > 40 ? `${line.slice(0, 40)}…` : line
  return shown === '' ? 'something is missing here' : `\`${shown}\` is not expected here`
}
