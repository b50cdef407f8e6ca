import type { EmitOptions, Target } from './emit/options.ts'

/** The settings in `headway.config.ts`. Flags override them. Paths are relative to the config. */
export interface Config {
  /** The folder with the Rust sources; folders inside it are read too. */
  from?: string
  target?: Target
  /** The folder to write to. */
  out?: string
  /** The spelling of members: `userId` (`camel`, the default) or `user_id` (`wire`). */
  case?: EmitOptions['case']
  /**
   * TypeScript, as text, for Rust types that the sources do not declare: `{ Url: 'string' }`, `{
   * Point: '{ x: number; y: number }' }`. For a single field, write its struct too: `{ 'User.site':
   * 'string' }`.
   */
  types?: Record<string, string>
  /** Files and folders inside `from` to skip: `['legacy', 'src/broken.rs']`. */
  exclude?: string[]
}

/**
 * Returns the config unchanged, and lets your editor check its types.
 *
 * @example
 * ```ts
 * // headway.config.ts
 * export default defineConfig({ from: '../backend/src', target: 'svelte', out: 'src/lib/forge' })
 * ```
 */
export function defineConfig(config: Config): Config {
  return config
}

export const targets: Target[] = ['svelte', 'react', 'vue', 'core']
export const cases: EmitOptions['case'][] = ['camel', 'wire']
