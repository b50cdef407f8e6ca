// Finds promises that nothing waits for, where Biome's noFloatingPromises sees none: `void work()`
// without a `catch`, and async functions given as callbacks whose result is ignored. In a server
// the first rejection of either ends the process, and with it the work of all users. In pages it is
// reported, as core does with errors of listeners.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const servers = [
  'packages/gateway/src',
  'packages/codegen/src',
  'packages/create-headway/src',
  'examples/backend/src',
  'examples/terminal/src',
]
const fixture = join(root, 'test/floating-promises.fixture.ts')
const files = servers.flatMap((folder) =>
  ts.sys.readDirectory(join(root, folder), ['.ts'], ['**/*.test.ts', '**/*-contract.ts']),
)
const config = { extends: './tsconfig.base.json', compilerOptions: { types: ['node'] } }
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const program = ts.createProgram([...files, fixture], options)
const checker = program.getTypeChecker()

/** Whether a value of a type may be a promise. */
function isPromise(type) {
  return type.isUnion() ? type.types.some(isPromise) : type.getProperty('then') !== undefined
}

/** Whether its last call is a `catch`. */
function isCaught(node) {
  const isCall = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
  return isCall && node.expression.name.text === 'catch'
}

/** Whether it is an async function whose result is ignored where it stands. */
function isIgnored(node) {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return false
  const signatures = checker.getContextualType(node)?.getCallSignatures() ?? []
  const isVoid = (signature) => (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0
  return signatures.length > 0 && signatures.every(isVoid)
}

function troubleWith(node) {
  if (!ts.isVoidExpression(node)) {
    return isIgnored(node) && 'nothing waits for this async function: catch what it rejects with'
  }
  const { expression } = node
  const isFloating = isPromise(checker.getTypeAtLocation(expression)) && !isCaught(expression)
  return isFloating && 'void hides a promise that may reject: catch it'
}

/** The troubles in a file, by line. */
function troublesIn(source) {
  const troubles = new Map()
  const visit = (node) => {
    const trouble = troubleWith(node)
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    if (trouble) troubles.set(line + 1, trouble)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return troubles
}

const lines = ts.sys.readFile(fixture).split('\n')
const marked = lines.flatMap((line, index) => (line.endsWith('// found') ? [index + 1] : []))
const found = [...troublesIn(program.getSourceFile(fixture)).keys()]
if (files.length === 0 || found.join() !== marked.join()) {
  console.error(`floating-promises is blind: it found lines ${found} of its fixture, not ${marked}`)
  process.exit(1)
}
let count = 0
for (const file of files) {
  for (const [line, trouble] of troublesIn(program.getSourceFile(file))) {
    console.error(`${relative(root, file)}:${line}: ${trouble}`)
    count += 1
  }
}
process.exit(count > 0 ? 1 : 0)
