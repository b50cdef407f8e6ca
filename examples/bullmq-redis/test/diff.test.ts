import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

/** The blocks of docs/bullmq.md that show a whole file, before and after. */
const page = await read('../../../docs/bullmq.md')
const diffs = new Map(
  [...page.matchAll(/^```diff\n--- before\/(.+)\n(?:.+\n)(?:.+\n)([\s\S]*?)^```$/gm)].map(
    ([, file = '', lines = '']) => [file, lines.trimEnd().split('\n')],
  ),
)

/** One side of a diff: without the lines of the other, which have this sign. */
const sideOf = (lines: readonly string[], other: '+' | '-'): string =>
  lines
    .filter((line) => !line.startsWith(other))
    .map((line) => `${line.slice(1)}\n`)
    .join('')

it.each(['server.ts', 'film.tsx'])('the page shows all of %s, before and after', async (file) => {
  const lines = diffs.get(file) ?? []
  expect(sideOf(lines, '+')).toBe(await read(`../before/${file}`))
  expect(sideOf(lines, '-')).toBe(await read(`../src/${file}`))
})

it('the worker knows BullMQ alone', async () => {
  const imports = [...(await read('../src/worker.ts')).matchAll(/from '(.+)'/g)]
  expect(imports.map(([, name]) => name)).toEqual(['node:timers/promises', 'bullmq'])
})
