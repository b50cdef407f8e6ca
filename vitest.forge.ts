import { defineConfig } from 'vitest/config'

const conditions = ['headway-source', 'module', 'node', 'development|production']

/** Tests against a real Forge server: they build it with cargo, which takes minutes the first time. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'forge',
    include: ['packages/codegen/test/forge/**/*.forge.test.ts'],
    environment: 'node',
    // Each file has a server and a database of its own.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
