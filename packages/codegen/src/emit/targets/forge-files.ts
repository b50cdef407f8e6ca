import { type Doc, hardline } from '../print/doc.ts'
import { createImports, type Named, specifiers } from '../print/imports.ts'
import { join } from '../print/layouts.ts'
import { quote } from '../print/literals.ts'
import type { EmittedFunction } from '../types/emitted-function.ts'
import { apiFile } from './api-file.ts'
import { authDeclarations } from './forge-auth.ts'
import { reactiveDeclarations } from './forge-reactive.ts'
import { findRefresh } from './forge-refresh.ts'
import type { Beside, BesideFile, WrittenFile } from './target.ts'

const forge = '@headway/svelte/forge'

const stores = named(
  [
    'createConnectionStore',
    'createJobStore',
    'createQueryStore',
    'createSubscriptionStore',
    'createWorkflowStore',
    'getForgeClient',
  ],
  [
    'ConnectionStatusStore',
    'JobStore',
    'QueryStore',
    'Readable',
    'SubscriptionStore',
    'WorkflowStore',
  ],
)
const runes = named(['toReactive', 'toReactiveMutation'], ['ReactiveMutation', 'ReactiveQuery'])
const provider = named(['createForgeClient', 'ForgeClientError', 'ForgeProvider'], ['ForgeClient'])
const types = named([], ['Cursor', 'ForgeError', 'QueryResult', 'SubscriptionResult'])

/**
 * Files with the names that pages of Forge's own generator import. `index.ts` and `types.ts` leave
 * out each name that the app itself uses.
 */
export function forgeFiles(file: BesideFile, functions: readonly EmittedFunction[]): Beside {
  const free = (names: readonly Named[]): Named[] =>
    names.filter(({ name }) => !file.taken.has(name))
  const refresh = findRefresh(file.model, functions)
  const auth = written(file, 'auth.svelte.ts', (api) =>
    refresh ? authDeclarations(api, refresh) : [],
  )
  const reactive = written(file, 'reactive.svelte.ts', (api) =>
    reactiveDeclarations(api, file.modules.api, functions),
  )
  const files = [
    auth,
    reactive,
    reexporting('runes.svelte.ts', exportsOf(forge, runes)),
    reexporting('stores.ts', exportsOf(forge, stores)),
  ]
  return {
    files: files.filter(({ declarations }) => declarations.length > 0),
    types: exportsOf(forge, free(types)),
    index: {
      packages: exportsOf(forge, free([...stores, ...runes, ...provider])),
      files: [
        ...(refresh ? exportsOf('./auth.svelte', free(named(['auth', 'getToken'], []))) : []),
        ...(reactive.declarations.length > 0 ? [`export * from './reactive.svelte'`] : []),
      ],
    },
  }
}

function written(
  { model, modules, taken }: BesideFile,
  path: string,
  declarationsOf: (file: ReturnType<typeof apiFile>) => Doc[],
): WrittenFile {
  const imports = createImports(taken)
  const declarations = declarationsOf(apiFile({ model, imports, modules }))
  return { path, imports: imports.toDoc(), declarations }
}

function reexporting(path: string, exported: readonly Doc[]): WrittenFile {
  return { path, imports: [], declarations: [join(hardline, exported)] }
}

function exportsOf(module: string, names: readonly Named[]): Doc[] {
  if (names.length === 0) return []
  return [['export ', specifiers(names), ` from ${quote(module)}`]]
}

function named(values: readonly string[], types: readonly string[]): Named[] {
  return [
    ...values.map((name) => ({ name, isType: false })),
    ...types.map((name) => ({ name, isType: true })),
  ]
}
