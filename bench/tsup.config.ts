import { cp } from 'node:fs/promises'
import { defineConfig } from 'tsup'

/** The gateway's benchmark is built: what a compiler adds while it runs would be measured, too. */
export default defineConfig({
  entry: ['gateway/*.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
  silent: true,
  skipNodeModulesBundle: true,
  // The gateway's statements, where its code looks for them.
  onSuccess: () => cp('../packages/gateway/src/runs/sql', 'dist/runs/sql', { recursive: true }),
})
