import type { EmitOptions, Target } from './emit/options.ts'

/** What can stand in `headway.config.ts`. Flags win over it; its paths count from its own folder. */
export interface Config {
  /** The folder with the Rust sources, read with all folders in it. */
  from?: string
  target?: Target
  /** The folder that is written to. */
  out?: string
  /** How the members of objects are named: `userId` (`camel`, the default), or `user_id` (`wire`). */
  case?: EmitOptions['case']
  /**
   * What Rust types are in TypeScript where the sources do not say, as text: `{ Url: 'string' }`,
   * `{ Point: '{ x: number; y: number }' }`. A single field is named by its struct: `{ 'User.site': 'string' }`.
   */
  types?: Record<string, string>
  /** Files and folders in `from` that are not read: `['legacy', 'src/broken.rs']`. */
  exclude?: string[]
}

/**
 * Types a config, and gives it back.
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
