import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, it } from 'vitest'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const server = path('support/typed-app.ts')
const client = path('a-client-in-memory.ts')

/**
 * A page of a user: it knows the type of the gateway alone, and maps it as `jobsOf<Api>()` does.
 */
const page = `
import type { createTypedGateway } from './support/typed-app.ts'

type Api = Awaited<ReturnType<typeof createTypedGateway>>['api']
type Definitions<TSignatures> = { readonly [TName in keyof TSignatures]: { name: TName } }

declare const jobs: Definitions<Api['jobs']>
declare const workflows: Definitions<Api['workflows']>
declare const queries: Definitions<Api['queries']>
declare const mutations: Definitions<Api['mutations']>

export const used = [
  jobs.export_users,
  workflows.sign_up,
  queries.list_users,
  mutations.rename_user,
]
`

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path('tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  path('.'),
)
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [client],
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => {
    const text = file === client ? page : ts.sys.readFile(file)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => path('.'),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === client || ts.sys.fileExists(file),
  readFile: (file) => (file === client ? page : ts.sys.readFile(file)),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
})
afterAll(() => service.dispose())

it('has no type errors', () => {
  expect(service.getSemanticDiagnostics(client).map(({ messageText }) => messageText)).toEqual([])
})

it.each(['jobs.export_users', 'workflows.sign_up', 'queries.list_users', 'mutations.rename_user'])(
  'the definition of %s is its key in the options of the gateway',
  (expression) => {
    const [option, name = ''] = expression.split('.')
    const at = page.indexOf(expression) + expression.indexOf(name)
    const found = service.getDefinitionAtPosition(client, at) ?? []
    const source = readFileSync(server, 'utf8')
    const start = source.indexOf(`${option}: { ${name}:`) + `${option}: { `.length
    expect(found.map(({ fileName, textSpan }) => [fileName, textSpan])).toEqual([
      [server, { start, length: name.length }],
    ])
  },
)
