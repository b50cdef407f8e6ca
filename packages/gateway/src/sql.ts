import { readFileSync } from 'node:fs'

/** The text of one SQL file, by its path below `src` and without its ending: `runs/sql/claim`. */
export function sql(path: string): string {
  return readFileSync(new URL(`./${path}.sql`, import.meta.url), 'utf8')
}
