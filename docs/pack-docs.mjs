// Puts the guides of a package into its folder docs, before npm packs it: a reader of node_modules,
// a person or a program, has those of the installed version. Git ignores the copies.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The guides of each package. Those that a package shares with core are in core. */
export const guides = {
  core: [
    ['typescript', 'connection', 'reload', 'sign-in', 'lists', 'runs', 'workflows', 'queries'],
    ['mutations', 'uploads', 'testing', 'errors'],
  ].flat(),
  react: ['react', 'nextjs'],
  svelte: ['svelte', 'sveltekit', 'forge'],
  vue: ['vue', 'nuxt'],
  gateway: ['gateway', 'first-job', 'production', 'scaling', 'security', 'bullmq'],
  codegen: ['codegen', 'forge-server'],
  elements: ['elements'],
}

/**
 * A guide with links that work in a tarball: those to guides of the same package stay, all others
 * lead to the repository.
 */
export function forTarball(text, own, repository) {
  return text.replaceAll(/\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (link, path, hash = '') => {
    if (own.some((name) => path === `${name}.md`)) return link
    const target = new URL(path, 'file:///docs/').pathname
    return `](${repository}/blob/main${target}${hash})`
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const docs = dirname(fileURLToPath(import.meta.url))
  const { homepage } = JSON.parse(readFileSync(join(docs, '../package.json'), 'utf8'))
  const own = guides[basename(process.cwd())]
  rmSync('docs', { recursive: true, force: true })
  mkdirSync('docs')
  for (const name of own) {
    const text = readFileSync(join(docs, `${name}.md`), 'utf8')
    writeFileSync(`docs/${name}.md`, forTarball(text, own, homepage.replace(/#.*$/, '')))
  }
}
