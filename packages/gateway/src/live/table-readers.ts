/** The tables that each query is known to read. Plain data. */
export interface TableReaders<TReader> {
  /**
   * Adds a reader of the query `name`. It starts with all tables that other readers of that name
   * have read; `null`: with none, for one that knows what it depends on.
   */
  add(reader: TReader, name: string | null): void
  /**
   * The reader has read these tables. Returns true when one of them is new to it: changes of that
   * table may have been missed.
   */
  note(reader: TReader, tables: Iterable<string>): boolean
  /** The readers of a table. */
  of(table: string): Iterable<TReader>
  /** It reads nothing any more, whatever is noted of it later. */
  remove(reader: TReader): void
  /** Names may stand for other tables than before: forgets the tables, not the readers. */
  forgetTables(): void
}

/** An empty table of readers. */
export function createTableReaders<TReader>(): TableReaders<TReader> {
  /** The tables of each reader, and the name of its query. */
  const byReader = new Map<TReader, { own: Set<string>; name: string | null }>()
  const byTable = new Map<string, Set<TReader>>()
  const byName = new Map<string, Set<string>>()

  const note: TableReaders<TReader>['note'] = (reader, tables) => {
    const reading = byReader.get(reader)
    // The run began before the last registration ended.
    if (!reading) return false
    const known = reading.name === null ? null : (byName.get(reading.name) ?? new Set())
    if (known && reading.name !== null) byName.set(reading.name, known)
    let hasGrown = false
    for (const table of tables) {
      known?.add(table)
      if (reading.own.has(table)) continue
      hasGrown = true
      reading.own.add(table)
      const readers = byTable.get(table) ?? new Set()
      byTable.set(table, readers.add(reader))
    }
    return hasGrown
  }
  return {
    add(reader, name) {
      byReader.set(reader, { own: new Set(), name })
      if (name !== null) note(reader, byName.get(name) ?? [])
    },
    note,
    of: (table) => byTable.get(table) ?? [],
    remove(reader) {
      for (const table of byReader.get(reader)?.own ?? []) {
        const readers = byTable.get(table)
        readers?.delete(reader)
        if (readers?.size === 0) byTable.delete(table)
      }
      byReader.delete(reader)
    },
    forgetTables() {
      byTable.clear()
      byName.clear()
      for (const { own } of byReader.values()) own.clear()
    },
  }
}
