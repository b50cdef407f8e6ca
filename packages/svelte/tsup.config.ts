import { copyFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

const component = 'forge-provider.svelte'

export default defineConfig(
  library(
    { index: 'src/index.ts', forge: 'src/forge/index.ts', provided: 'src/forge/provided.ts' },
    {
      // The application's Svelte compiles components: one version of it, for a browser or a server.
      external: [/\.svelte$/],
      onSuccess: async () => {
        for (const name of [component, `${component}.d.ts`]) {
          await copyFile(`src/forge/${name}`, `dist/${name}`)
        }
      },
    },
  ),
)
