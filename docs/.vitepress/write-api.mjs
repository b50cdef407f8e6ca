// Writes the reference of the API into docs/generated/api: a page for each entry point, made by
// TypeDoc from the TSDoc of the sources.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Application } from 'typedoc'

/** The packages that have a reference, in the order of the sidebar. */
const packages = ['core', 'react', 'svelte', 'vue', 'gateway', 'codegen']

/** Those whose exports are no API for applications. */
const ownUse = ['@headway/core/adapter']

/** The entry points, such as `@headway/core/testing`: and the source of each. */
export function entryPoints(root) {
  return packages.flatMap((name) => {
    const folder = join(root, 'packages', name)
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return Object.entries(exports).flatMap(([path, { 'headway-source': source }]) => {
      const module = `@headway/${name}${path.slice(1)}`
      if (!source || ownUse.includes(module)) return []
      return [{ module, source: join(folder, source) }]
    })
  })
}

/** @param root the folder of the repository @param out the folder of the pages */
export async function writeApi(root, out) {
  const entries = entryPoints(root)
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entries.map(({ source }) => source),
    tsconfig: join(root, 'docs/tsconfig.api.json'),
    // `npm run types` finds errors.
    skipErrorChecking: true,
    readme: 'none',
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    name: 'API',
    entryFileName: 'index',
    disableSources: true,
    outputs: [{ name: 'markdown', path: out }],
    logLevel: 'Error',
    outputFileStrategy: 'modules',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    sanitizeComments: true,
  })
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc could not read the sources: npm run types tells more')
  // TypeDoc names a module after its file, such as core/src/testing.
  const names = new Map(
    entries.map(({ module, source }) => [
      relative(join(root, 'packages'), source).replace(/(\/index)?\.ts$/, ''),
      module,
    ]),
  )
  for (const child of project.children ?? []) child.name = names.get(child.name) ?? child.name
  await app.generateOutputs(project)
}
