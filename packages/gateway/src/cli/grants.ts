import pg from 'pg'

const onTables = 'select, insert, update, delete on'
const onSequences = 'usage, select, update on'
const onFunctions = 'execute on'

/**
 * The grants that let a role run the gateway and its workers on tables of another role. They also
 * cover tables that later migrations of the granting role make. Pure.
 */
export function grantsFor(role: string, schemas: readonly string[]): string[] {
  const to = `to ${pg.escapeIdentifier(role)}`
  return schemas.flatMap((name) => {
    const schema = `schema ${pg.escapeIdentifier(name)}`
    const later = `alter default privileges in ${schema} grant`
    return [
      `grant usage on ${schema} ${to}`,
      `grant ${onTables} all tables in ${schema} ${to}`,
      `grant ${onSequences} all sequences in ${schema} ${to}`,
      `grant ${onFunctions} all functions in ${schema} ${to}`,
      `${later} ${onTables} tables ${to}`,
      `${later} ${onSequences} sequences ${to}`,
      `${later} ${onFunctions} functions ${to}`,
    ]
  })
}
