import { cp } from 'node:fs/promises'
import { defineConfig } from 'tsup'

/** Benches with processes of their own run from a build: a compiler would be measured, too. */
export default defineConfig({
  entry: {
    gateway: 'gateway/run.ts',
    load: 'gateway/load.ts',
    'load-storm': 'gateway/load-storm.ts',
    'redis-read': 'gateway/redis/read.ts',
    'redis-serve': 'gateway/redis/serve.ts',
    'redis-work': 'gateway/redis/work.ts',
    serve: 'gateway/serve.ts',
    'serve-database': 'gateway/serve-database.ts',
    'serve-worker': 'gateway/serve-worker.ts',
    'serve-workflows': 'gateway/serve-workflows.ts',
    faults: 'faults/run.ts',
    'faults-clients': 'faults/clients.ts',
    'faults-proxy': 'faults/proxy.ts',
    'faults-serve': 'faults/serve.ts',
  },
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
