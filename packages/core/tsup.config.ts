import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

export default defineConfig(
  library({
    index: 'src/index.ts',
    adapter: 'src/adapter/index.ts',
    estimate: 'src/estimate/index.ts',
    optimistic: 'src/optimistic/index.ts',
    protocol: 'src/protocol/index.ts',
    queues: 'src/queues/index.ts',
    testing: 'src/testing/index.ts',
    upload: 'src/upload/index.ts',
  }),
)
