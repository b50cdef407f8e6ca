// Checks the sizes in the README's table against those that size-limit measures. `npm run size`
// runs it on fresh builds.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The rows of the table, with the names in .size-limit.json of the sizes in them. */
const rows = [
  [
    /page that follows jobs only.*\| ([\d.]+) kB gzip \|/,
    ['@headway/core, jobs only, with RxJS and eventsource-parser'],
  ],
  [
    /\| all of `@headway\/core` \| ([\d.]+) kB gzip, ([\d.]+) kB of it our own code \|/,
    ['@headway/core, everything, with RxJS and eventsource-parser', '@headway/core, our own code'],
  ],
  [
    /Vue, React, Svelte \| ([\d.]+) kB, ([\d.]+) kB, ([\d.]+) kB \|/,
    ['@headway/vue, beyond core', '@headway/react, beyond core', '@headway/svelte, beyond core'],
  ],
  [
    /elements` adds: progress and steps, all four elements \| ([\d.]+) kB, ([\d.]+) kB \|/,
    [
      '@headway/elements, progress and steps, beyond core',
      '@headway/elements, every element, beyond core',
    ],
  ],
]

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const { stdout } = await promisify(execFile)('npx', ['size-limit', '--json'])
const measured = new Map(JSON.parse(stdout).map(({ name, size }) => [name, size / 1_000]))

const wrong = rows.flatMap(([pattern, names]) => {
  const stated = readme.match(pattern)?.slice(1)
  if (!stated) return [`README.md has no row that matches ${pattern}`]
  return names.flatMap((name, index) => problemOf(name, stated[index] ?? ''))
})
for (const line of wrong) console.error(line)
process.exitCode = wrong.length === 0 ? 0 : 1

/** A line for a size that is not the measured one, rounded as in the README. */
function problemOf(name, stated) {
  const size = measured.get(name)
  if (size === undefined)
    return [`.size-limit.json has no "${name}": correct it in test/readme-sizes.mjs`]
  const decimals = stated.split('.')[1]?.length ?? 0
  const rounded = size.toFixed(decimals)
  return rounded === stated
    ? []
    : [`README.md says ${stated} kB for "${name}": it is ${rounded} kB`]
}
