/**
 * The module of a file, from the crate's root. `src/billing/plans.rs` and
 * `src/billing/plans/mod.rs` are both `billing::plans`.
 */
export function moduleOf(path: string): string[] {
  const parts = path.replace(/\.rs$/, '').split('/')
  const source = parts.lastIndexOf('src')
  const module = parts.slice(source + 1)
  const last = module.at(-1)
  const isRoot = module.length === 1 && (last === 'lib' || last === 'main')
  return isRoot || last === 'mod' ? module.slice(0, -1) : module
}

/**
 * The crate of a file: the name of its folder, as code spells it. `null` where the path has none.
 */
export function crateOf(path: string): string | null {
  const parts = path.split('/')
  const folder = parts[parts.lastIndexOf('src') - 1]
  return folder === undefined ? null : folder.replaceAll('-', '_')
}
