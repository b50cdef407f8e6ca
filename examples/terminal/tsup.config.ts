import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/terminal.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
  noExternal: ['@headway/example-shared'],
})
