import ts from 'typescript'

/**
 * A snippet with the imports that a page leaves out, in front of its first line, so that lines stay.
 * `modules` gives the names that each module exports; the first module that has a name counts.
 */
export function completed({ code, extension }, modules) {
  const kind = extension === 'tsx' ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile('snippet', code, ts.ScriptTarget.Latest, true, kind)
  const own = declaredIn(source)
  const used = new Set()
  const visit = (node) => {
    if (ts.isIdentifier(node) && !isMember(node) && !own.has(node.text)) used.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  const imports = []
  for (const [module, names] of modules) {
    const taken = names.filter((name) => used.delete(name))
    if (taken.length > 0) imports.push(`import { ${taken.join(', ')} } from '${module}';`)
  }
  return `export {};${imports.join('')}${code}`
}

const isMember = (node) =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)) &&
  node.parent.name === node

/** The names that the top of a file declares and imports. */
function declaredIn(source) {
  const names = new Set()
  const add = (name) => {
    if (ts.isIdentifier(name)) names.add(name.text)
    else for (const element of name.elements) if (element.name) add(element.name)
  }
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) add(name)
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {}
      if (name) add(name)
      if (namedBindings && ts.isNamespaceImport(namedBindings)) add(namedBindings.name)
      else for (const element of namedBindings?.elements ?? []) add(element.name)
    } else if (statement.name) add(statement.name)
  }
  return names
}
