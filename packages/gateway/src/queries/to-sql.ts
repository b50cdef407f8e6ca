import type pg from 'pg'
import type { Sql } from '../app/query.ts'
import { handled } from '../handled.ts'
import { resultTypes, toValue } from './result-types.ts'

/** Sends a statement, as `pg` takes it. */
export type Ask = (statement: pg.QueryConfig<unknown[]>) => Promise<{ rows: unknown[] }>

/** The template of a statement, sent by `ask` with its values beside it. */
export function toSql(ask: Ask): Sql {
  return <TRow>(parts: TemplateStringsArray, ...given: unknown[]) => {
    const text = parts.reduce((all, part, index) => `${all}$${index}${part}`)
    const send = async (): Promise<TRow[]> => {
      const values = given.map(toValue)
      return (await ask({ text, values, types: resultTypes })).rows as TRow[]
    }
    return handled(send())
  }
}
