import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/start.ts', 'src/server.ts', 'src/worker.ts'],
  format: ['esm'],
  target: 'node20',
  clean: true,
})
