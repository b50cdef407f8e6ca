import { expect, it } from 'vitest'
import { sampleCsv } from './sample-csv.ts'

it('has the given number of users, each with its own address', () => {
  const [header, ...lines] = sampleCsv(1_000).trimEnd().split('\n')
  expect(header).toBe('name,email,country')
  expect(lines[0]).toBe('Ada Adeyemi,guest1@example.com,BR')
  expect(new Set(lines.map((line) => line.split(',')[1])).size).toBe(1_000)
})
