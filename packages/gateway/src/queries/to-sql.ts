import type { Sql } from '../app/query.ts'
import { handled } from '../handled.ts'

/** The template of a statement, sent by `ask` with its values beside it. */
export function toSql(ask: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>): Sql {
  return <TRow>(parts: TemplateStringsArray, ...values: unknown[]) => {
    const text = parts.reduce((all, part, index) => `${all}$${index}${part}`)
    return handled(ask(text, values).then(({ rows }) => rows as TRow[]))
  }
}
