import type { Framework } from './choices.ts'
import type { OtherPackage } from './versions.ts'

/** The folders and packages of a framework's projects. */
export interface Layout {
  /** The templates that are copied, in this order: each is a folder below `templates`. */
  parts: readonly Part[]
  /** The folder of the gateway's files. */
  server: string
  /** The file that names the jobs for the page. */
  jobs: string
  /** The component that exports users, and its test. */
  component: string
  test: string
  adapter: 'react' | 'vue' | 'svelte' | null
  dependencies: readonly OtherPackage[]
  devDependencies: readonly OtherPackage[]
  scripts: Readonly<Record<'dev' | 'build' | 'start' | 'check', string>> & { postinstall?: string }
  /** What its tools write, for `.gitignore`. */
  ignored: readonly string[]
  /** The import of Vite's plugin, and the call of it. */
  plugin?: readonly [from: string, call: string]
}

interface Part {
  /** A folder or a file below `templates`. */
  from: string
  /** Its place in the project; empty for the root. */
  to: string
}

const viteScripts = {
  dev: 'node --import tsx server/main.ts --dev',
  build: 'vite build',
  start: 'node --import tsx server/main.ts',
}

/** A page that Vite builds, and a server of our own. */
function withVite(
  framework: 'react' | 'vue' | 'svelte' | 'plain',
  own: Pick<Layout, 'component' | 'test' | 'adapter' | 'dependencies' | 'devDependencies'> &
    Partial<Pick<Layout, 'plugin'>> & { check: string },
): Layout {
  const { check, dependencies, devDependencies, ...rest } = own
  return {
    ...rest,
    parts: [
      { from: 'vite/common', to: '' },
      { from: `vite/${framework}`, to: '' },
    ],
    server: 'server',
    jobs: 'src/jobs.ts',
    dependencies: [...dependencies, 'sirv', 'tsx'],
    devDependencies: [...devDependencies, 'vite'],
    scripts: { ...viteScripts, check },
    ignored: ['dist/'],
  }
}

export const layouts: Readonly<Record<Framework, Layout>> = {
  react: withVite('react', {
    component: 'src/export-users.tsx',
    test: 'src/export-users.test.tsx',
    adapter: 'react',
    dependencies: ['react', 'react-dom'],
    devDependencies: ['@types/react', '@types/react-dom', '@vitejs/plugin-react'],
    check: 'tsc',
    plugin: ["import react from '@vitejs/plugin-react'", 'react()'],
  }),
  vue: withVite('vue', {
    component: 'src/ExportUsers.vue',
    test: 'src/ExportUsers.test.ts',
    adapter: 'vue',
    dependencies: ['vue'],
    devDependencies: ['@vitejs/plugin-vue', 'vue-tsc'],
    check: 'vue-tsc',
    plugin: ["import vue from '@vitejs/plugin-vue'", 'vue()'],
  }),
  svelte: withVite('svelte', {
    component: 'src/ExportUsers.svelte',
    test: 'src/ExportUsers.test.ts',
    adapter: 'svelte',
    dependencies: ['svelte'],
    devDependencies: ['@sveltejs/vite-plugin-svelte', 'svelte-check'],
    check: 'svelte-check --tsconfig ./tsconfig.json',
    plugin: ["import { svelte } from '@sveltejs/vite-plugin-svelte'", 'svelte()'],
  }),
  plain: withVite('plain', {
    component: 'src/export-users.ts',
    test: 'src/export-users.test.ts',
    adapter: null,
    dependencies: [],
    devDependencies: [],
    check: 'tsc',
  }),
  next: {
    parts: [{ from: 'next', to: '' }],
    server: 'server',
    jobs: 'app/jobs.ts',
    component: 'app/export-users.tsx',
    test: 'app/export-users.test.tsx',
    adapter: 'react',
    dependencies: ['next', 'react', 'react-dom'],
    devDependencies: ['@types/react', '@types/react-dom'],
    scripts: {
      dev: 'next dev',
      build: 'next build',
      start: 'NEXT_MANUAL_SIG_HANDLE=true next start',
      check: 'next typegen && tsc',
    },
    ignored: ['.next/', 'next-env.d.ts', '*.tsbuildinfo'],
  },
  sveltekit: {
    parts: [{ from: 'sveltekit', to: '' }],
    server: 'src/lib/server',
    jobs: 'src/lib/jobs.ts',
    component: 'src/lib/ExportUsers.svelte',
    test: 'src/lib/ExportUsers.test.ts',
    adapter: 'svelte',
    dependencies: [],
    devDependencies: [
      '@sveltejs/adapter-node',
      '@sveltejs/kit',
      '@sveltejs/vite-plugin-svelte',
      'svelte',
      'svelte-check',
      'vite',
    ],
    scripts: {
      dev: 'vite dev',
      build: 'vite build',
      start: 'node build',
      check: 'svelte-kit sync && svelte-check --tsconfig ./tsconfig.json',
    },
    ignored: ['.svelte-kit/', 'build/', 'vite.config.ts.timestamp-*'],
    plugin: ["import { sveltekit } from '@sveltejs/kit/vite'", 'sveltekit()'],
  },
  nuxt: {
    parts: [{ from: 'nuxt', to: '' }],
    server: 'server/utils',
    jobs: 'app/utils/jobs.ts',
    component: 'app/components/ExportUsers.vue',
    test: 'app/components/ExportUsers.test.ts',
    adapter: 'vue',
    dependencies: ['nuxt', 'vue', 'vue-router'],
    devDependencies: ['@vitejs/plugin-vue', 'vue-tsc'],
    scripts: {
      dev: 'nuxt dev',
      build: 'nuxt build',
      start: 'node .output/server/index.mjs',
      check: 'nuxt typecheck',
      postinstall: 'nuxt prepare',
    },
    ignored: ['.nuxt/', '.output/'],
    plugin: ["import vue from '@vitejs/plugin-vue'", 'vue()'],
  },
}
