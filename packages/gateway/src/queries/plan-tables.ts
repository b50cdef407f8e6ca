import { isRecord } from '@headway/core/protocol'

/** A table as a plan names it. */
export interface PlannedTable {
  schema: string
  name: string
}

/**
 * The tables that a plan reads, each once. Pure.
 *
 * @param plan the answer to `EXPLAIN (FORMAT JSON, VERBOSE)`
 */
export function planTables(plan: unknown): PlannedTable[] {
  const tables = new Map<string, PlannedTable>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (!isRecord(node)) return
    const { Schema: schema, 'Relation Name': name } = node
    if (typeof schema === 'string' && typeof name === 'string') {
      tables.set(JSON.stringify([schema, name]), { schema, name })
    }
    Object.values(node).forEach(visit)
  }
  visit(plan)
  return [...tables.values()]
}
