import { cp } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'

/** Benches with processes of their own run from a build: a compiler would be measured, too. */
const common: Options = {
  format: ['esm'],
  target: 'node20',
  clean: true,
  silent: true,
  skipNodeModulesBundle: true,
  // It has no build.
  noExternal: [/^@headway\/test-kit/],
}

export default defineConfig([
  {
    ...common,
    entry: ['gateway/*.ts'],
    outDir: 'dist/gateway',
    // The gateway's SQL files, where its code reads them.
    onSuccess: () =>
      cp('../packages/gateway/src/runs/sql', 'dist/gateway/runs/sql', { recursive: true }),
  },
  { ...common, entry: ['faults/*.ts', '!faults/*.test.ts'], outDir: 'dist/faults' },
])
