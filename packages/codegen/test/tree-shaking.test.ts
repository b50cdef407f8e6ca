import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { expect, it } from 'vitest'

/** What a bundler keeps of the generated files when a page imports one function. */
async function bundle(target: string, name: string, fixture = 'full_app'): Promise<string> {
  const api = fileURLToPath(new URL(`expected/${fixture}/${target}/index.ts`, import.meta.url))
  const page = `export { ${name} } from ${JSON.stringify(api)}`
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: 'virtual:page',
        preserveEntrySignatures: 'strict',
        external: /^@headway|^vue$/,
      },
    },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'virtual:page' ? id : null),
        load: (id) => (id === 'virtual:page' ? page : null),
      },
    ],
  })
  const [bundled] = [built].flat()
  return bundled && 'output' in bundled ? bundled.output[0].code : ''
}

it.each([
  ['camel/core', 'trackBuildReport', ['buildReport', 'reportInputToWire']],
  ['camel/svelte', 'trackBuildReport', ['reportInputToWire']],
  ['camel/react', 'useBuildReport', ['buildReport', 'reportInputToWire']],
  ['camel/vue', 'useBuildReport', ['buildReport', 'reportInputToWire']],
])('%s: a page that imports %s gets that, and nothing else', async (target, name, needed) => {
  const code = await bundle(target, name)
  for (const word of [name, ...needed]) expect(code).toContain(word)
  expect(code).not.toMatch(/todo|cleanup/i)
})

it('svelte: nor who is signed in, when the page does not ask', async () => {
  const fixture = 'full_app_with_auth'
  expect(await bundle('camel/svelte', 'trackBuildReport', fixture)).not.toContain('createAuth')
  expect(await bundle('camel/svelte', 'auth', fixture)).toContain('createAuth')
})
