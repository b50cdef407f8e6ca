import { defineConfig } from 'vitest/config'

const conditions = ['headway-source', 'module', 'node', 'development|production']

/**
 * Tests of the packed packages in other frameworks: each installs an application of its own, builds
 * it, starts it and drives it.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'frameworks',
    include: ['test/frameworks/*.test.ts'],
    environment: 'node',
    globalSetup: [
      'packages/gateway/test/support/global-postgres.ts',
      'test/frameworks/support/pack-all.ts',
    ],
    // Each file installs and builds an application, which keeps two cores busy.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
})
