import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/**
 * The folder of generated files, as the compiler sees it. It need not exist: packages are found
 * from there.
 */
const folder = fileURLToPath(new URL('../generated/', import.meta.url))

/** All that a strict project may ask of a file, and what generated files are promised to pass. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['headway-source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  declaration: true,
  isolatedDeclarations: true,
}

const libraries = new Map<string, ts.SourceFile | undefined>()

/**
 * The real compiler's errors in these files, by their paths below one folder, without those in
 * the packages that they import: `path:line: message`, sorted.
 */
export function typeErrors(
  files: Readonly<Record<string, string>>,
  more: ts.CompilerOptions = {},
): string[] {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${folder}${path}`, text]))
  const compilerOptions = { ...options, ...more }
  const host = ts.createCompilerHost(compilerOptions)
  const { fileExists, readFile, getSourceFile, directoryExists } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.directoryExists = (path) =>
    [...texts.keys()].some((file) => file.startsWith(`${path}/`)) ||
    (directoryExists?.(path) ?? true)
  host.getSourceFile = (path, language) => {
    const text = texts.get(path)
    if (text !== undefined) return ts.createSourceFile(path, text, language)
    if (!libraries.has(path)) libraries.set(path, getSourceFile.call(host, path, language))
    return libraries.get(path)
  }
  const program = ts.createProgram([...texts.keys()], compilerOptions, host)
  const diagnostics = [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)
    return [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...program.getDeclarationDiagnostics(file),
    ]
  })
  return [...program.getOptionsDiagnostics(), ...diagnostics].map(toText).toSorted()
}

/**
 * The parts of a file that silence the compiler: casts, `!`, `any`, and `@ts-` comments.
 */
export function castsIn(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node): void => {
    const isCast =
      ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isNonNullExpression(node)
    if (isCast || node.kind === ts.SyntaxKind.AnyKeyword) found.push(node.getText())
    ts.forEachChild(node, look)
  }
  look(file)
  return [...found, ...(text.match(/@ts-\w+/g) ?? [])]
}

function toText({ file, start, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n')
  if (!file || start === undefined) return message
  const { line } = file.getLineAndCharacterOfPosition(start)
  return `${file.fileName.replace(folder, '')}:${line + 1}: ${message}`
}
