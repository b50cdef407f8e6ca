import ts from 'typescript'

/** The declarations in API Extractor's report: text, name, exported or not, names they refer to. */
export function parseReport(report) {
  const [, body] = report.match(/^```ts\n(.*)^```$/ms)
  const blocks = withoutDocs(body).trim().split('\n\n')
  return blocks.map(parseBlock)
}

/** No comment but `// @deprecated` and its like: words may change without the API. */
function withoutDocs(body) {
  return body
    .replaceAll(/^ *\/\*\*.*?\*\/\n| \/\*\*.*?\*\//gms, '')
    .replaceAll(/^ *\/\/ .*$/gm, (line) => line.replaceAll(/ (@public|\(.*\))/g, ''))
    .replaceAll(/^ *\/\/\n/gm, '')
}

function parseBlock(text) {
  const { statements } = ts.createSourceFile('report.ts', text, ts.ScriptTarget.Latest)
  const [statement] = statements
  const [variable] = statement?.declarationList?.declarations ?? []
  const references = new Set()
  const visit = (node) => {
    const name = referenceOf(node)
    if (name) references.add(name)
    ts.forEachChild(node, visit)
  }
  for (const each of statements) visit(each)
  const isExported = /^(export|import) /m.test(text)
  return { text, name: (statement?.name ?? variable?.name)?.text, isExported, references }
}

/** The name that a type, `typeof`, `extends`, `[key]` or `export { name }` refers to. */
function referenceOf(node) {
  let name
  if (ts.isTypeReferenceNode(node)) name = node.typeName
  if (ts.isTypeQueryNode(node)) name = node.exprName
  if (ts.isExpressionWithTypeArguments(node) || ts.isComputedPropertyName(node)) {
    name = node.expression
  }
  if (ts.isExportSpecifier(node)) name = node.propertyName ?? node.name
  return name && ts.isIdentifier(name) ? name.text : undefined
}

/**
 * What a user can reach: everything that is exported, and the declarations that it refers to. What
 * only members marked `@internal` refer to is left out; so is what another report has.
 */
export function publicPart(blocks, elsewhere) {
  const isOwn = ({ name, isExported }) => isExported || !elsewhere.has(name)
  const byName = new Map(blocks.filter(isOwn).map((block) => [block.name, block]))
  const reached = new Set(blocks.filter(({ isExported }) => isExported))
  for (const { references } of reached) {
    for (const name of references) if (byName.has(name)) reached.add(byName.get(name))
  }
  return blocks.filter((block) => reached.has(block)).map(({ text }) => text)
}
