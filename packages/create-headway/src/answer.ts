import { CreateFailed } from './errors.ts'
import type { Answers, Asker } from './questions.ts'

export const defaults: Answers = { folder: 'my-app', framework: 'react', database: 'embedded' }

/** How the questions are answered that no flag has answered. */
export interface Way {
  /** By their defaults. */
  yes: boolean
  /** By a person; `null` without a terminal. */
  asker: Asker | null
}

/**
 * The answers to all questions, or `null` if the person leaves. Throws {@link CreateFailed} if one
 * is missing and nobody can be asked.
 */
export async function answerAll(
  given: Partial<Answers>,
  { yes, asker }: Way,
): Promise<Answers | null> {
  if (yes) return { ...defaults, ...given }
  if (!asker) return assertAll(given)
  const folder = given.folder ?? (await asker.folder(defaults.folder))
  if (folder === null) return null
  const framework = given.framework ?? (await asker.framework())
  if (framework === null) return null
  const database = given.database ?? (await asker.database())
  return database && { folder, framework, database }
}

function assertAll(given: Partial<Answers>): Answers {
  const { folder, framework, database } = given
  if (folder && framework && database) return { folder, framework, database }
  const missing = [
    ...(folder ? [] : ['the folder']),
    ...(framework ? [] : ['--framework']),
    ...(database ? [] : ['--database']),
  ]
  const [is, it] = missing.length > 1 ? ['are', 'them'] : ['is', 'it']
  const words = `${missing.join(' and ')} ${is} missing: pass ${it}, or --yes for the defaults`
  throw new CreateFailed(`There is no terminal to ask in, and ${words}`)
}
