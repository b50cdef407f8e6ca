import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CsvUser, readUsersCsv } from './read-users-csv.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headway-csv-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const { signal } = new AbortController()
const read = async (csv: string): Promise<CsvUser[]> => {
  const path = join(folder, 'users.csv')
  await writeFile(path, csv)
  const users: CsvUser[] = []
  for await (const user of readUsersCsv(path, signal)) users.push(user)
  return users
}
const header = 'name,email,country\n'
const ada = { name: 'Ada Berg', email: 'ada@example.com', country: 'SE' }

it.each([
  ['plain', `${header}Ada Berg,ada@example.com,SE\n`],
  ['as Excel writes it', '\ufeffname,email,country\r\nAda Berg,ada@example.com,SE\r\n\r\n'],
  ['with quotes and spaces', `name, email, country\n"Ada Berg", ada@example.com ,"SE"`],
])('reads a file: %s', async (_, csv) => {
  expect(await read(csv)).toEqual([ada])
})

it('reads quoted fields', async () => {
  const users = await read(`${header}"Berg, ""Ada""\nof Lund",ada@example.com,SE\n`)
  expect(users).toEqual([{ ...ada, name: 'Berg, "Ada"\nof Lund' }])
})

it('reads a file without users', async () => {
  expect(await read(header)).toEqual([])
})

it.each([
  ['', 'The file is empty: line 1 must be name,email,country'],
  ['email,name\n', 'Line 1 must be name,email,country: it is email,name'],
  [`${header}Ada,ada@example.com\n`, 'Line 2 has 2 columns: 3 are expected'],
  [`${header}\n\nAda,nowhere,SE\n`, 'Line 4: “nowhere” is not an email address'],
  [`${header},ada@example.com,SE\n`, 'Line 2: the name is missing'],
  [
    `${header}Ada,ada@example.com,Sweden\n`,
    'Line 2: “Sweden” is not a country code: use two capital letters',
  ],
  [
    `${header}Ada,ada@example.com,SE\n"Bo,bo@example.com,SE\n`,
    'Line 3 is not valid CSV: check its quotes',
  ],
  [`${header}"A"da,ada@example.com,SE\n`, 'Line 2 is not valid CSV: check its quotes'],
])('says which line is wrong: %j', async (csv, message) => {
  await expect(read(csv)).rejects.toThrow(message)
})

it('an unclosed quote does not swallow the rest of the file', async () => {
  const rest = 'Bo,bo@example.com,SE\n'.repeat(1_000)
  await expect(read(`${header}"${rest}`)).rejects.toThrow(/is not valid CSV: check its quotes$/)
})

it('a missing file is named without its path', async () => {
  const reading = readUsersCsv(join(folder, 'another.csv'), signal).next()
  await expect(reading).rejects.toThrow(/^The file was removed: upload it again$/)
})

it('stops on abort', async () => {
  await writeFile(join(folder, 'users.csv'), `${header}Ada Berg,ada@example.com,SE\n`)
  const stopped = AbortSignal.abort(new Error('cancelled'))
  const reading = readUsersCsv(join(folder, 'users.csv'), stopped).next()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
})
