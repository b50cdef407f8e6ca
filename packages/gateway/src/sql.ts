import { readFileSync } from 'node:fs'

const known = new Map<string, string>()

/**
 * The text of an SQL file, by its path below `src` without its ending: `runs/sql/claim`. Read once.
 * The build replaces this function by one that contains all texts (tsup.config.ts): a bundle has no
 * files beside it.
 */
export function sql(path: string): string {
  const text = known.get(path) ?? readFileSync(new URL(`./${path}.sql`, import.meta.url), 'utf8')
  known.set(path, text)
  return text
}
