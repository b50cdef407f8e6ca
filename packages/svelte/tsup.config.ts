import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

export default defineConfig(
  library(
    {
      index: 'src/index.ts',
      'forge/index': 'src/forge/index.ts',
      'forge/provided': 'src/forge/provided.ts',
    },
    // Who does not come from Forge loads one file, which has nothing of it. Components are copied: the
    // application's Svelte compiles them, for a browser or a server.
    { external: ['@headway/svelte', /\.svelte$/] },
  ),
)
