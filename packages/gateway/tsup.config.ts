import { cp } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

export default defineConfig(
  library(['src/index.ts', 'src/bullmq.ts', 'src/dbos.ts', 'src/embedded.ts'], {
    // src/sql.ts finds each query and migration under the same relative path as in src.
    async onSuccess() {
      for (const folder of ['runs', 'workflows']) {
        const filter = (path: string): boolean => !path.endsWith('.ts')
        await cp(`src/${folder}`, `dist/${folder}`, { recursive: true, filter })
      }
    },
  }),
)
