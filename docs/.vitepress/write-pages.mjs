// Writes the pages that are made from other files into docs/generated, which Git ignores.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outside } from './pages.mjs'
import { writeApi } from './write-api.mjs'

const docs = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(docs)
const generated = join(docs, 'generated')

rmSync(generated, { recursive: true, force: true })
mkdirSync(generated)
for (const [page, file] of Object.entries(outside)) {
  writeFileSync(join(generated, page), readFileSync(join(root, file), 'utf8'))
}
await writeApi(root, join(generated, 'api'))
