import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
// By path: Node loads what this file imports from packages, and cannot load TypeScript.
import { chromiumOptions } from './test/kit/browser/chromium-options.ts'
import { serveUploads } from './test/kit/network/serve-uploads.ts'
import { createRenderOnServer } from './test/kit/rendering/render-on-server.ts'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Workspace packages are read from their `src`, so that no test meets a stale build. */
const conditions = ['headway-source', 'module', 'node', 'development|production']
const browserConditions = ['headway-source', 'browser', 'module', 'development|production']
/** Where the seed's templates find what the generator will make for them. */
const generated = { '$lib/forge/api': path('packages/svelte/test/generated-api.ts') }

/** How long to wait for what has to come, on a busy machine too: no test depends on how fast it is. */
const patience = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
}

const project = (name: string, include: string[], test: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name, include, environment: 'node', ...patience, ...test },
})

/** Tests of what a page shows, in a real Chromium. */
const browserProject = (name: string, include: string[], alias: Record<string, string> = {}) => ({
  plugins: [svelte({ configFile: false }), vue()],
  resolve: { conditions: browserConditions, alias: { ...generated, ...alias } },
  optimizeDeps: {
    include: [
      'react-dom/client',
      'react/jsx-dev-runtime',
      'rxjs',
      'eventsource-parser',
      'vue',
      'svelte',
      'fast-check',
      'axe-core',
    ],
  },
  test: {
    name,
    include,
    ...patience,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: chromium }),
      instances: [{ browser: 'chromium' as const }],
      commands: { renderOnServer: createRenderOnServer(alias), serveUploads },
    },
  },
})
const chromium = await chromiumOptions()

/** Tests of BullMQ on Redis start `redis-server`, and kill it. */
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
/** Whole clusters as processes. */
const clusters = 'packages/gateway/test/cluster*.test.ts'
const needRedis = ['packages/gateway/test/{bullmq-redis,with-cancel,observed*}.test.ts']
if (!hasRedis) {
  console.warn(
    `\nSKIPPED, since there is no redis-server: ${needRedis}, the project gateway-redis\n`,
  )
}

export default defineConfig({
  test: {
    projects: [
      project('core', ['packages/core/{src,test}/**/*.test.ts']),
      {
        ...project('server', [
          'packages/{svelte,react,vue,elements}/test/**/*.server.test.{ts,tsx}',
        ]),
        plugins: [svelte({ configFile: false }), vue()],
        resolve: { conditions, alias: generated },
      },
      browserProject('browser', [
        'packages/{conformance,svelte,react,vue,codegen,elements}/test/**/*.browser.test.{ts,tsx}',
      ]),
      browserProject('react-18', ['packages/react/test/**/*.browser.test.tsx'], {
        react: path('test/react-18/node_modules/react'),
        'react-dom': path('test/react-18/node_modules/react-dom'),
      }),
      project('elements', ['packages/elements/src/**/*.test.ts']),
      project('kit', ['test/kit/**/*.test.ts']),
      project('conformance', ['packages/conformance/test/**/!(*.browser).test.ts']),
      project('gateway', ['packages/gateway/{src,test}/**/*.test.ts'], {
        globalSetup: ['packages/gateway/test/support/global-postgres.ts'],
        exclude: ['**/node_modules/**', clusters, ...(hasRedis ? [] : needRedis)],
        env: { HAS_REDIS: String(hasRedis) },
      }),
      project('cluster', [clusters], {
        globalSetup: ['packages/gateway/test/support/global-postgres.ts'],
      }),
      // The same tests once more, with BullMQ on Redis.
      project(
        'gateway-redis',
        hasRedis
          ? [
              'packages/gateway/test/{jobs,jobs-interrupted,killed,statuses,deploys}.test.ts',
              'packages/gateway/test/{reconcile,foreign-jobs,positions,server-calls,groups,groups-reports}.test.ts',
            ]
          : [],
        {
          globalSetup: ['packages/gateway/test/support/global-redis.ts'],
          setupFiles: ['packages/gateway/test/support/on-redis.ts'],
        },
      ),
      project('codegen', ['packages/codegen/{src,test}/**/!(*.browser|*.forge).test.ts']),
      project('create', ['packages/create-headway/{src,test}/**/*.test.ts']),
      project('docs', ['docs/test/**/*.test.ts'], {
        globalSetup: ['docs/test/support/build-site.ts'],
      }),
      project('bench', ['bench/**/*.test.ts']),
      project('demo', ['examples/**/*.test.ts'], {
        globalSetup: ['examples/backend/test/build.ts'],
      }),
    ],
  },
})
