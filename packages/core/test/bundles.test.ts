import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/* A page bundles only the kinds that it uses. The limits of the built sizes are in .size-limit.json. */

const directory = fileURLToPath(new URL('../src', import.meta.url))

/** The files of core in the bundle of a page with these imports, without folder and extension. */
async function bundledFiles(imports: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export { ${imports} } from './index.ts'`, resolveDir: directory },
    absWorkingDir: directory,
    bundle: true,
    format: 'esm',
    metafile: true,
    write: false,
  })
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => {
      const name = /^([a-z-]+\/)*([a-z-]+)\.ts$/.exec(file)?.[2]
      return name && bytesInOutput > 0 ? [name] : []
    }),
  )
}

const parts = {
  jobs: ['job-kind', 'job-state', 'tracked-run', 'start'],
  workflows: ['workflow-kind', 'workflow-state', 'send-event'],
  queries: ['query-kind', 'query-state', 'watch'],
  uploads: ['files'],
  codecs: ['with-codec'],
}

describe.each<[page: string, imports: string, has: (keyof typeof parts)[]]>([
  ['follows jobs', 'createClient, defineJob, jobsOf', ['jobs']],
  ['follows workflows', 'createClient, workflowsOf', ['workflows']],
  ['watches queries', 'createClient, defineQuery', ['queries']],
  ['calls mutations', 'createClient, mutationsOf', ['uploads']],
  ['starts jobs with files', 'createClient, defineJob, withFiles', ['jobs', 'uploads']],
  ['has a codec', 'createClient, defineJob, withCodec', ['jobs', 'codecs']],
])('a page that %s', (_, imports, has) => {
  it(`bundles only the code for ${has.join(' and ')}`, async () => {
    const files = await bundledFiles(imports)
    expect(files).toEqual(expect.arrayContaining(has.flatMap((part) => parts[part])))
    // Jobs and workflows share this code.
    const shared = ['tracked-run', 'start']
    const others = Object.entries(parts).filter(([part]) => !has.some((own) => own === part))
    for (const file of others.flatMap(([, names]) => names)) {
      if (!shared.includes(file)) expect(files).not.toContain(file)
    }
  })
})
