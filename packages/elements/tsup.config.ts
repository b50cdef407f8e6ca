import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

export default defineConfig(
  library({
    index: 'src/index.ts',
    define: 'src/define.ts',
    jsx: 'src/jsx.ts',
    svelte: 'src/svelte.ts',
    vue: 'src/vue.ts',
  }),
)
