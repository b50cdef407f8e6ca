import type { Choices } from './choices.ts'
import type { Layout } from './layouts.ts'

/** The name of the file that configures Vite, or where the framework does that, Vitest alone. */
export function configName({ framework }: Pick<Choices, 'framework'>): string {
  return framework === 'next' || framework === 'nuxt' ? 'vitest.config.ts' : 'vite.config.ts'
}

/** The text of that file. */
export function composeConfig({ adapter, plugin }: Layout): string {
  const conditions = [
    '  // A test renders as a browser does: without this, Svelte takes its code for servers.',
    "  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},",
  ]
  return `${[
    ...(plugin ? [plugin[0]] : []),
    "import { defineConfig } from 'vitest/config'",
    '',
    'export default defineConfig({',
    ...(plugin ? [`  plugins: [${plugin[1]}],`] : []),
    ...(adapter === 'svelte' ? conditions : []),
    "  test: { environment: 'happy-dom' },",
    '})',
  ].join('\n')}\n`
}
