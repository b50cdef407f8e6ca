import { readdir, readFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'
import { library } from '../../tsup.base.ts'

/** Writes every query and migration into the build, in the place of `src/sql.ts`, which reads files. */
const inlineSql: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'inline-sql',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]gateway[\\/]src[\\/]sql\.ts$/ }, async () => {
      const files = await readdir('src', { recursive: true })
      const paths = files.filter((path) => path.endsWith('.sql')).sort()
      const texts = await Promise.all(
        paths.map(async (path) => {
          const name = path.replaceAll('\\', '/').replace(/\.sql$/, '')
          return [name, await readFile(`src/${path}`, 'utf8')] as const
        }),
      )
      const known = JSON.stringify(Object.fromEntries(texts), null, 2)
      const contents = `const known = ${known}\nexport const sql = (path) => known[path]\n`
      return { contents, loader: 'js', watchDirs: ['src'] }
    })
  },
}

export default defineConfig(
  library(
    [
      'src/index.ts',
      'src/bullmq.ts',
      'src/dbos.ts',
      'src/embedded.ts',
      'src/with-cancel.ts',
      'src/cli/cli.ts',
    ],
    { esbuildPlugins: [inlineSql] },
  ),
)
