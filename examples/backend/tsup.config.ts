import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/demo.ts', 'src/worker.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
})
