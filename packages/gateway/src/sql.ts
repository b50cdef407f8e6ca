import { readFileSync } from 'node:fs'

const known = new Map<string, string>()

/** The text of one SQL file, by its path below `src` and without its ending: `runs/sql/claim`. Read once. */
export function sql(path: string): string {
  const text = known.get(path) ?? readFileSync(new URL(`./${path}.sql`, import.meta.url), 'utf8')
  known.set(path, text)
  return text
}
