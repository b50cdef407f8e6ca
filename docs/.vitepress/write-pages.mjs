// Writes the pages that are made from other files into docs/generated, which Git ignores.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outside } from './pages.mjs'
import { writeApi } from './write-api.mjs'

const docs = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(docs)
const generated = join(docs, 'generated')
const { homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const repository = homepage.replace(/#.*$/, '')

rmSync(generated, { recursive: true, force: true })
mkdirSync(generated)
for (const [page, file] of Object.entries(outside)) {
  const text = readFileSync(join(root, file), 'utf8')
  writeFileSync(join(generated, page), file === 'bench/RESULTS.md' ? asBenchmarks(text) : text)
}
await writeApi(root, join(generated, 'api'))

/** The recorded results, with what a reader of the site needs to repeat them. */
function asBenchmarks(text) {
  return text.replace(
    '# Results\n',
    `# Benchmarks

Repeat a figure in a copy of the repository: run \`npm ci\`, then the command in its heading. This page is made from
[bench/RESULTS.md](${repository}/blob/main/bench/RESULTS.md). [How many clients](../docs/scaling.md) and [what it costs](../README.md#what-it-costs) tell what the
figures mean for an application.
`,
  )
}
