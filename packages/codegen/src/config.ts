import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import type { EmitOptions, Target } from './emit/emit.ts'
import { GenerateFailed } from './errors.ts'

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
const names = ['ts', 'js', 'mjs', 'json'].map((extension) => `headway.config.${extension}`)

/**
 * The config in a folder, its paths made absolute; an empty one when there is none.
 *
 * @param file the config to read in place of the one that is found by its name
 */
export async function loadConfig(folder: string, file?: string): Promise<Config> {
  const path = file === undefined ? await findConfig(folder) : resolve(folder, file)
  if (path === null) return {}
  if (!(await exists(path))) throw new GenerateFailed(`There is no config at ${file}`)
  const config = await importConfig(path)
  assertConfig(config, file ?? path)
  const from = (given: string) => resolve(dirname(path), given)
  return {
    ...config,
    ...(config.from !== undefined && { from: from(config.from) }),
    ...(config.out !== undefined && { out: from(config.out) }),
  }
}

async function findConfig(folder: string): Promise<string | null> {
  for (const name of names) {
    const path = resolve(folder, name)
    if (await exists(path)) return path
  }
  return null
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function importConfig(path: string): Promise<unknown> {
  try {
    return await createJiti(pathToFileURL(path).href).import(path, { default: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GenerateFailed(`${path} cannot be loaded: ${reason}`, { cause })
  }
}

/** Throws with the first member of a config that is not what it should be. */
export function assertConfig(value: unknown, path: string): asserts value is Config {
  if (!isRecord(value)) {
    throw new GenerateFailed(
      `${path} exports no config: write \`export default defineConfig({ … })\``,
    )
  }
  for (const [key, given] of Object.entries(value)) {
    const rule = rules.get(key)
    if (!rule) {
      const known = [...rules.keys()].join(', ')
      throw new GenerateFailed(`${path}: \`${key}\` is not known: there are ${known}`)
    }
    if (!rule.holds(given)) {
      throw new GenerateFailed(
        `${path}: \`${key}\` is ${JSON.stringify(given)}: give ${rule.wanted}`,
      )
    }
  }
}

/** Whether a text can be a type: nothing more, and nothing that waits for more. */
function isTypeText(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[^\s&,;)\]}>][^\n]*$/.test(value)) return false
  return !/[|&,=<([{]\s*$/.test(value) && isBalanced(value)
}

function isBalanced(text: string): boolean {
  const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' }
  const open: string[] = []
  for (const [bracket] of text.replaceAll('=>', '').matchAll(/[()[\]{}<>;]/g)) {
    const opening = closing[bracket]
    // Members are apart by it; a statement would end.
    if (bracket === ';') {
      if (open.at(-1) !== '{') return false
    } else if (opening === undefined) open.push(bracket)
    else if (open.pop() !== opening) return false
  }
  return open.length === 0
}

const isString = (value: unknown) => typeof value === 'string'
const oneOf = (words: readonly string[]): Rule => ({
  holds: (value: unknown) => words.some((word) => word === value),
  wanted: `one of ${words.join(', ')}`,
})

interface Rule {
  holds: (value: unknown) => boolean
  wanted: string
}

const ruleFor: Record<keyof Config, Rule> = {
  from: { holds: isString, wanted: 'the path of a folder' },
  target: oneOf(targets),
  out: { holds: isString, wanted: 'the path of a folder' },
  case: oneOf(cases),
  types: {
    holds: (value) => isRecord(value) && Object.values(value).every(isTypeText),
    wanted:
      "TypeScript by the names of Rust types, each as text: { Url: 'string', Point: '{ x: number; y: number }' }",
  },
  exclude: {
    holds: (value) => Array.isArray(value) && value.every(isString),
    wanted: 'a list of paths',
  },
}
const rules = new Map<string, Rule>(Object.entries(ruleFor))

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
