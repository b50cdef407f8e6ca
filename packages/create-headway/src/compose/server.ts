import type { Choices, Database } from './choices.ts'

/** The lines of `headway.ts` that depend on where jobs are kept and queued. */
interface Ways {
  imports: readonly string[]
  /** From the gateway's package. */
  names: readonly string[]
  job: string
  setUp: readonly string[]
  gateway: readonly string[]
  worker: string
}

const embedded =
  "const database = process.env.DATABASE_URL ?? (await embeddedPostgres({ directory: '.data' })).url"
const given = [
  'const database = process.env.DATABASE_URL',
  "if (!database) throw new Error('DATABASE_URL is missing: write it into .env, as .env.example does')",
]

const inPostgres = (imports: string[], setUp: string[]): Ways => ({
  imports: ["import { bullmq } from '@headway/gateway/bullmq'", ...imports],
  names: ['createGateway', 'createWorker', 'oncePerProcess', 'stopOnSignals'],
  job: "import { export_users } from './export-users'",
  setUp: [...setUp, 'const app = { database, engine: bullmq(), jobs: { export_users } }'],
  gateway: ['...app,'],
  worker: 'await createWorker(app)',
})

const embeddedImport = "import { embeddedPostgres } from '@headway/gateway/embedded'"

const ways: Readonly<Record<Database, Ways>> = {
  embedded: inPostgres([embeddedImport], [embedded]),
  postgres: inPostgres([], given.slice()),
  'bullmq-redis': {
    imports: ["import { bullmqQueues } from '@headway/gateway/bullmq'", embeddedImport],
    names: ['createGateway', 'oncePerProcess', 'stopOnSignals'],
    job: "import { createExportWorker, export_users, queue } from './export-users'",
    setUp: [
      embedded,
      "const connection = { url: process.env.REDIS_URL ?? 'redis://localhost:6379' }",
    ],
    gateway: [
      'database,',
      'jobs: { export_users },',
      '// `public`: visitors who know the id of a job may see it. Give an `owner` once users sign in.',
      'observe: bullmqQueues({ connection, queues: [queue], public: true }),',
    ],
    worker: 'createExportWorker(connection)',
  },
}

/** Next.js itself writes the address of the client into a header. */
const behindNext = [
  '// Next.js itself writes the address of the client into X-Forwarded-For.',
  'trustProxy: 1,',
]

/** The text of `headway.ts`: the gateway and its worker. */
export function composeServer({ framework, database }: Omit<Choices, 'name'>): string {
  const way = ways[database]
  const options = [
    ...way.gateway,
    "// Your session's user: `{ id }`. `null` is a visitor who has not signed in.",
    'auth: { authenticate: async () => null },',
    ...(framework === 'next' ? behindNext : []),
  ]
  const indent = (by: number) => (line: string) => ' '.repeat(by) + line
  return `${[
    "import { existsSync } from 'node:fs'",
    `import { ${way.names.join(', ')} } from '@headway/gateway'`,
    ...way.imports,
    way.job,
    '',
    '/** The gateway and its worker, once per process: frameworks load a module several times. */',
    "export const headway = oncePerProcess('headway', async () => {",
    "  if (existsSync('.env')) process.loadEnvFile()",
    ...way.setUp.map(indent(2)),
    '  const gateway = await createGateway({',
    ...options.map(indent(4)),
    '  })',
    `  const worker = ${way.worker}`,
    '  stopOnSignals({ gateway, worker, drainMs: 1_000 })',
    '  return { gateway, worker }',
    '})',
    '',
    "export type Api = Awaited<ReturnType<typeof headway>>['gateway']['api']",
  ].join('\n')}\n`
}
