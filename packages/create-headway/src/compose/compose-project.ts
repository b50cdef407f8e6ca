import { posix } from 'node:path'
import type { Choices } from './choices.ts'
import { composeConfig, configName } from './config.ts'
import { type Layout, layouts } from './layouts.ts'
import { composePackage } from './package-json.ts'
import { composeTest } from './page-test.ts'
import { composeServer } from './server.ts'
import { composeEnv, composeIgnored, composeReadme } from './texts.ts'

/** Texts by their paths, with `/` between folders. */
export type Files = ReadonlyMap<string, string>

/**
 * The files of a project, by their paths in it.
 *
 * @param templates those that `readTemplates()` returns
 * @param version that of Headway's packages
 */
export function composeProject(
  choices: Choices,
  templates: Files,
  version: string,
): Map<string, string> {
  const layout = layouts[choices.framework]
  const project = new Map([
    ['package.json', composePackage(choices, layout, version)],
    ['README.md', composeReadme(choices, layout)],
    ['.gitignore', composeIgnored(layout)],
    ['.env.example', composeEnv(choices)],
    [configName(choices), composeConfig(layout)],
    [`${layout.server}/headway.ts`, composeServer(choices)],
    [layout.test, composeTest(layout)],
  ])
  for (const [path, text] of copied(choices, layout, templates)) {
    project.set(path, fillIn(text, path, layout))
  }
  return project
}

/** The templates of a project, by their paths in it. */
function* copied(
  { framework, database }: Choices,
  layout: Layout,
  templates: Files,
): Generator<[path: string, text: string]> {
  const job = database === 'bullmq-redis' ? 'bullmq-redis' : 'gateway'
  const page = posix.basename(layout.component)
  const files = [
    { from: `job/${job}/export-users.ts`, to: `${layout.server}/export-users.ts` },
    { from: 'pages/jobs.ts', to: layout.jobs },
    { from: `pages/${layout.adapter ?? 'plain'}/${page}`, to: layout.component },
  ]
  for (const { from, to } of files) {
    const text = templates.get(from)
    if (text === undefined) throw new Error(`There is no template ${from}`)
    const isClient = framework === 'next' && to === layout.component
    yield [to, isClient ? `'use client'\n\n${text}` : text]
  }
  for (const { from, to } of layout.parts) {
    for (const [path, text] of templates) {
      if (path.startsWith(`${from}/`)) yield [posix.join(to, path.slice(from.length + 1)), text]
    }
  }
}

/** Replaces the words that stand for other files of the project. */
function fillIn(text: string, path: string, { jobs, server, adapter }: Layout): string {
  return text
    .replaceAll('#jobs', relative(path, jobs.replace(/\.ts$/, '')))
    .replaceAll('#server', relative(path, server))
    .replaceAll('#main', adapter === 'react' ? 'main.tsx' : 'main.ts')
}

/** The specifier by which one file imports another. */
function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
