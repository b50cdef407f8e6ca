/** The frameworks of the page, with the names that people read. */
export const frameworks = {
  react: 'React, with Vite',
  vue: 'Vue, with Vite',
  svelte: 'Svelte, with Vite',
  next: 'Next.js',
  sveltekit: 'SvelteKit',
  nuxt: 'Nuxt',
  plain: 'Plain TypeScript, with Vite',
} as const

/** Where the jobs are kept and queued, with the names that people read. */
export const databases = {
  embedded: 'A PostgreSQL that npm brings, for development',
  postgres: 'Your PostgreSQL',
  'bullmq-redis': 'A BullMQ queue on your Redis',
} as const

export type Framework = keyof typeof frameworks
export type Database = keyof typeof databases

/** What a project is composed from. */
export interface Choices {
  /** The name in its package.json. */
  name: string
  framework: Framework
  database: Database
}

export const frameworkNames: readonly Framework[] = [
  'react',
  'vue',
  'svelte',
  'next',
  'sveltekit',
  'nuxt',
  'plain',
]
export const databaseNames: readonly Database[] = ['embedded', 'postgres', 'bullmq-redis']
