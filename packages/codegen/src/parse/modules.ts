/**
 * The module that a file is, from its crate's root: `src/billing/plans.rs` and `src/billing/plans/mod.rs`
 * are `billing::plans`.
 */
export function moduleOf(path: string): string[] {
  const parts = path.replace(/\.rs$/, '').split('/')
  const source = parts.lastIndexOf('src')
  const module = parts.slice(source + 1)
  const last = module.at(-1)
  const isRoot = module.length === 1 && (last === 'lib' || last === 'main')
  return isRoot || last === 'mod' ? module.slice(0, -1) : module
}

/** The crate that a file belongs to, by its folder's name, as code writes it; `null` when paths do not say. */
export function crateOf(path: string): string | null {
  const parts = path.split('/')
  const folder = parts[parts.lastIndexOf('src') - 1]
  return folder === undefined ? null : folder.replaceAll('-', '_')
}
