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
    v.email(({ input }) => `“${input}” is no email address`),
  ),
  country: v.pipe(
    v.string(),
    v.regex(/^[A-Z]{2}$/, ({ input }) => `“${input}” is no country: two capital letters are`),
  ),
})

/** A user as a line of the file has it. */
export type CsvUser = v.InferOutput<typeof user>

interface Line {
  record: string[]
  info: Pick<Info, 'lines'>
}

/**
 * The users in a CSV file with the header `name,email,country`, in their order, read as they are taken. Throws about
 * the first line that cannot be read, and says which.
 */
export async function* readUsersCsv(path: string, signal: AbortSignal): AsyncGenerator<CsvUser> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // A quote that is never closed would be one record, of all the rest.
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
  if (isFirst) throw new Refused(`The file is empty: line 1 has to be ${header}`)
}

function checkHeader(record: readonly string[]): void {
  if (record.join() === header.join()) return
  throw new Refused(`Line 1 has to be ${header}: it is ${record.join().slice(0, 100)}`)
}

function toUser(record: readonly string[], line: number): CsvUser {
  const [name, email, country] = record
  if (record.length !== header.length) {
    throw new Refused(
      `Line ${say(line)} has ${record.length} columns: ${header.length} are expected`,
    )
  }
  const parsed = v.safeParse(user, { name, email, country })
  if (parsed.success) return parsed.output
  throw new Refused(`Line ${say(line)}: ${parsed.issues[0].message}`)
}

/** What went wrong, for whoever has sent the file: no path of ours. */
function toReason(error: unknown): unknown {
  if (error instanceof CsvError) {
    // Columns may be any number to the parser: what is left to go wrong is quotes.
    return new Refused(`Line ${say(Number(error.lines))} is no CSV: look at its quotes`)
  }
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing ? new Refused('The file is not kept any more: upload it again') : error
}

function say(line: number): string {
  return line.toLocaleString('en')
}
