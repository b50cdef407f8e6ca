// Checks the files of the repository: none is too long, no link in Markdown leads nowhere, and the
// flows in ARCHITECTURE.md name files that exist.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { missingFiles } from './house/flows.mjs'
import { tooLong } from './house/length.mjs'
import { brokenLinks } from './house/links.mjs'
import { readJson, root } from './published.mjs'

const { homepage } = readJson(join(root, 'package.json'))
const repository = homepage.replace(/#.*$/, '')

/** The text of a file, `''` for a folder, `undefined` if there is neither. */
function read(path) {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return undefined
  return statSync(absolute).isFile() ? readFileSync(absolute, 'utf8') : ''
}

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const troubles = []
for (const path of listed.trim().split('\n')) {
  const text = read(path)
  // Deleted, and not committed yet.
  if (text === undefined) continue
  const found = [tooLong(path, text)]
  if (path.endsWith('.md')) found.push(...brokenLinks(path, text, { read, repository }))
  if (path === 'ARCHITECTURE.md') found.push(...missingFiles(text, read))
  for (const trouble of found) if (trouble) troubles.push(`${path}: ${trouble}`)
}
for (const trouble of troubles) console.error(trouble)
process.exit(troubles.length > 0 ? 1 : 0)
