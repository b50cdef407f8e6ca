import ts from 'typescript'

/**
 * The text of a table of calls as it is for `--case wire`: in what is sent and what comes back the
 * names of members are in snake_case. Names in quotes stay: they are keys of maps.
 */
export function toWireCase(text: string): string {
  const file = ts.createSourceFile('calls.ts', text, ts.ScriptTarget.Latest, true)
  const edits: { start: number; end: number; name: string }[] = []
  const note = (name: ts.Node): void => {
    edits.push({ start: name.getStart(), end: name.getEnd(), name: toSnakeCase(name.getText()) })
  }
  const look = (node: ts.Node, isValue: boolean): void => {
    const isMember = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)
    if (isMember && isValue) note(node.name)
    const begins = isMember && ['args', 'output'].includes(node.name.getText())
    ts.forEachChild(node, (child) => look(child, isValue || begins || isConstant(node)))
  }
  look(file, false)
  return edits.reduceRight(
    (before, { start, end, name }) => before.slice(0, start) + name + before.slice(end),
    text,
  )
}

/**
 * A value that calls refer to: neither a table of calls, whose names are those of functions, nor a
 * function.
 */
function isConstant(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return false
  const isExported = ts
    .getModifiers(node.parent.parent as ts.VariableStatement)
    ?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  return !isExported
}

const toSnakeCase = (name: string): string =>
  /^[a-z]/.test(name) ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name
