import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Workspace packages are read from their `src`, so that no test meets a stale build. */
const resolve = { conditions: ['headway-source', 'module', 'node', 'development|production'] }

const project = (name: string, include: string[], test: object = {}) => ({
  resolve,
  ssr: { resolve },
  test: { name, include, environment: 'node', hookTimeout: 60_000, ...test },
})

export default defineConfig({
  test: {
    projects: [
      project('core', ['packages/core/{src,test}/**/*.test.ts']),
      {
        plugins: [svelte({ configFile: false })],
        resolve: {
          conditions: ['headway-source', 'browser', 'module', 'development|production'],
          // Where the seed's templates find what the generator will make for them.
          alias: {
            '$lib/forge/api': fileURLToPath(
              new URL('packages/svelte/test/generated-api.ts', import.meta.url),
            ),
          },
        },
        test: {
          name: 'adapters',
          include: ['packages/{svelte,react,vue}/test/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
        },
      },
      project('conformance', ['packages/conformance/test/**/*.test.ts'], { testTimeout: 30_000 }),
      project('gateway', ['packages/gateway/{src,test}/**/*.test.ts'], {
        testTimeout: 30_000,
        globalSetup: ['packages/gateway/test/support/global-postgres.ts'],
      }),
      project('demo', ['examples/**/*.test.ts'], {
        testTimeout: 120_000,
        globalSetup: ['examples/backend/test/build.ts'],
      }),
    ],
  },
})
