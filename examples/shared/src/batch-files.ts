/** The arguments of one import of the batch. */
export interface BatchFile {
  /** Its name, which is also the title of its run. */
  file: string
  rows: number
  /** The import fails halfway, on its first attempt. */
  isBroken: boolean
}

/** The files that a batch imports: 20, of 500 to 1,500 rows. One of them is broken. */
export const batchFiles: readonly BatchFile[] = Array.from({ length: 20 }, (_, index) => {
  const file = `users-${String(index + 1).padStart(2, '0')}.csv`
  return { file, rows: 500 + ((index * 7) % 11) * 100, isBroken: file === 'users-07.csv' }
})
