import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { createRenderOnServer } from './packages/conformance/src/adapter/render-on-server.ts'
import { chromiumOptions } from './packages/conformance/src/chromium.ts'
import { serveUploads } from './packages/conformance/src/serve-uploads.ts'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Workspace packages are read from their `src`, so that no test meets a stale build. */
const conditions = ['headway-source', 'module', 'node', 'development|production']
const browserConditions = ['headway-source', 'browser', 'module', 'development|production']
/** Where the seed's templates find what the generator will make for them. */
const generated = { '$lib/forge/api': path('packages/svelte/test/generated-api.ts') }

/** How long to wait for what has to come: on a busy machine too. */
const expectations = { poll: { timeout: 10_000 } }

const project = (name: string, include: string[], test: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name, include, environment: 'node', hookTimeout: 60_000, expect: expectations, ...test },
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
      'eventsource',
      'vue',
      'svelte',
      'fast-check',
    ],
  },
  test: {
    name,
    include,
    testTimeout: 30_000,
    expect: expectations,
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

export default defineConfig({
  test: {
    projects: [
      project('core', ['packages/core/{src,test}/**/*.test.ts']),
      {
        ...project('server', ['packages/{svelte,react,vue}/test/**/*.server.test.{ts,tsx}']),
        plugins: [svelte({ configFile: false }), vue()],
        resolve: { conditions, alias: generated },
      },
      browserProject('browser', [
        'packages/{conformance,svelte,react,vue,codegen}/test/**/*.browser.test.{ts,tsx}',
      ]),
      browserProject('react-18', ['packages/react/test/**/*.browser.test.tsx'], {
        react: path('packages/react-18/node_modules/react'),
        'react-dom': path('packages/react-18/node_modules/react-dom'),
      }),
      project('conformance', ['packages/conformance/test/**/!(*.browser).test.ts'], {
        testTimeout: 30_000,
      }),
      project('gateway', ['packages/gateway/{src,test}/**/*.test.ts'], {
        testTimeout: 30_000,
        globalSetup: ['packages/gateway/test/support/global-postgres.ts'],
      }),
      project('codegen', ['packages/codegen/{src,test}/**/!(*.browser).test.ts'], {
        testTimeout: 60_000,
      }),
      project('bench', ['bench/**/*.test.ts']),
      project('demo', ['examples/**/*.test.ts'], {
        testTimeout: 120_000,
        globalSetup: ['examples/backend/test/build.ts'],
      }),
    ],
  },
})
