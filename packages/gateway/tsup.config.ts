import { cp } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

export default defineConfig(
  library(['src/index.ts', 'src/bullmq.ts', 'src/embedded.ts'], {
    // src/sql.ts finds each query and migration under the same relative path as in src.
    onSuccess: () =>
      cp('src/runs', 'dist/runs', {
        recursive: true,
        filter: (path) => !path.endsWith('.ts'),
      }),
  }),
)
