import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'
import { entryPoints } from './write-api.mjs'

const group = (text: string, items: [string, string][]): DefaultTheme.SidebarItem => ({
  text,
  items: items.map(([text, link]) => ({ text, link })),
})

/** The pages by the task that a reader has, in the order of a project's life. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  group('Start', [
    ['What Headway does', '/'],
    ['First job in five minutes', '/first-job'],
    ['Overview', '/overview'],
    ['Examples', '/examples'],
    ['Comparisons', '/comparisons'],
  ]),
  group('Show it', [
    ['React', '/react'],
    ['Svelte', '/svelte'],
    ['Vue', '/vue'],
    ['Plain TypeScript', '/typescript'],
    ['Next.js', '/nextjs'],
    ['SvelteKit', '/sveltekit'],
    ['Nuxt', '/nuxt'],
  ]),
  group('Guide', [
    ['Survive a reload', '/reload'],
    ['Survive a lost connection', '/connection'],
    ['Workflows', '/workflows'],
    ['Lists', '/lists'],
    ['Live queries', '/queries'],
    ['Mutations', '/mutations'],
    ['Uploads', '/uploads'],
    ['Runs: times, totals, lists', '/runs'],
    ['Sign users in', '/sign-in'],
    ['Testing', '/testing'],
  ]),
  group('Serve it', [
    ['The gateway', '/gateway'],
    ['BullMQ on Redis', '/bullmq'],
    ['Deploy to production', '/production'],
    ['How many clients', '/scaling'],
    ['Security', '/security'],
  ]),
  group('Forge', [
    ['Typed functions from Rust', '/codegen'],
    ['A Forge server', '/forge-server'],
    ['From Forge’s client', '/forge'],
  ]),
  group(
    'API',
    entryPoints(fileURLToPath(new URL('../..', import.meta.url))).map(({ module }) => [
      module.replace('@headway/', ''),
      `/api/${module}`,
    ]),
  ),
  group('Reference', [
    ['Errors', '/errors'],
    ['Wire protocol', '/protocol'],
    ['Architecture', '/architecture'],
    ['Benchmarks', '/benchmarks'],
    ['Changelog', '/changelog'],
    ['Contributing', '/contributing'],
    ['Report a vulnerability', '/security-policy'],
  ]),
]
