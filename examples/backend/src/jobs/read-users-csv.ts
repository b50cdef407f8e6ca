import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { Refused } from '@headway/gateway'
import { CsvError, type Info, parse } from 'csv-parse'
import * as v from 'valibot'

const header = ['name', 'email', 'country']
const user = v.object({
  name: v.pipe(v.string(), v.nonEmpty('the name is missing')),
  email: v.pipe(
    v.string(),
    v.email(({ input }) => `“${input}” is not an email address`),
  ),
  country: v.pipe(
    v.string(),
    v.regex(
      /^[A-Z]{2}$/,
      ({ input }) => `“${input}” is not a country code: use two capital letters`,
    ),
  ),
})

/** One line of the file. */
export type CsvUser = v.InferOutput<typeof user>

interface Line {
  record: string[]
  info: Pick<Info, 'lines'>
}

/**
 * The users in a CSV file with the header `name,email,country`, in the file's order. It reads as
 * you iterate. Throws at the first line that it cannot read; the message has the line's number.
 */
export async function* readUsersCsv(path: string, signal: AbortSignal): AsyncGenerator<CsvUser> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // A quote that never closes would make one record of the whole rest.
    max_record_size: 10_000,
  })
  pipeline(createReadStream(path, { signal }), parser, () => undefined)
  let isFirst = true
  try {
    for await (const line of parser) {
      const { record, info }: Line = line
      if (!isFirst) yield toUser(record, info.lines)
      else checkHeader(record)
      isFirst = false
    }
  } catch (error) {
    throw toReason(error)
  }
  if (isFirst) throw new Refused(`The file is empty: line 1 must be ${header}`)
}

function checkHeader(record: readonly string[]): void {
  if (record.join() === header.join()) return
  throw new Refused(`Line 1 must be ${header}: it is ${record.join().slice(0, 100)}`)
}

function toUser(record: readonly string[], line: number): CsvUser {
  const [name, email, country] = record
  if (record.length !== header.length) {
    throw new Refused(
      `Line ${formatCount(line)} has ${record.length} columns: ${header.length} are expected`,
    )
  }
  const parsed = v.safeParse(user, { name, email, country })
  if (parsed.success) return parsed.output
  throw new Refused(`Line ${formatCount(line)}: ${parsed.issues[0].message}`)
}

/** The error that the user sees. It contains no path of this server. */
function toReason(error: unknown): unknown {
  if (error instanceof CsvError) {
    // The parser accepts any number of columns, so its errors are about quotes.
    return new Refused(
      `Line ${formatCount(Number(error.lines))} is not valid CSV: check its quotes`,
    )
  }
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing ? new Refused('The file was removed: upload it again') : error
}

function formatCount(line: number): string {
  return line.toLocaleString('en')
}
