/** Which queries read which tables, as far as that is known. Plain data. */
export interface TableReaders<TReader> {
  /**
   * A reader of the query of that name: it reads at least what others of that name have read so far.
   */
  add(reader: TReader, name: string): void
  /**
   * The reader has read these. `true`: one of them is new to it, so nobody knows which changes of
   * that it has missed.
   */
  note(reader: TReader, tables: Iterable<string>): boolean
  /** Who reads a table. */
  of(table: string): Iterable<TReader>
  /** It reads nothing any more, whatever is noted of it later. */
  remove(reader: TReader): void
  /** Names may stand for other tables than before: forgets the tables, not the readers. */
  forgetTables(): void
}

/** Nobody reads anything yet. */
export function createTableReaders<TReader>(): TableReaders<TReader> {
  /** What each reads, and the tables of its name that are found so far. */
  const byReader = new Map<TReader, { own: Set<string>; name: string }>()
  const byTable = new Map<string, Set<TReader>>()
  const byName = new Map<string, Set<string>>()

  const note: TableReaders<TReader>['note'] = (reader, tables) => {
    const reading = byReader.get(reader)
    // A run that was under way when everybody left it.
    if (!reading) return false
    const known = byName.get(reading.name) ?? new Set()
    byName.set(reading.name, known)
    let hasGrown = false
    for (const table of tables) {
      known.add(table)
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
      note(reader, byName.get(name) ?? [])
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
