import { defineConfig } from 'tsup'

/** The gateway's benchmark is built: what a compiler adds while it runs would be measured, too. */
export default defineConfig({
  entry: ['gateway/*.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
  silent: true,
})
