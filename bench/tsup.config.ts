import { cp } from 'node:fs/promises'
import { defineConfig } from 'tsup'

/** The gateway's bench runs from a build: a compiler at run time would be measured too. */
export default defineConfig({
  entry: ['gateway/*.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
  silent: true,
  skipNodeModulesBundle: true,
  // It has no build.
  noExternal: [/^@headway\/test-kit/],
  // The gateway's SQL files, where its code reads them.
  onSuccess: () => cp('../packages/gateway/src/runs/sql', 'dist/runs/sql', { recursive: true }),
})
