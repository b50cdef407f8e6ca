import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toCamelCase } from '../../src/emit/model/naming.ts'
import { readSources } from '../../src/files/read-sources.ts'
import { generate } from '../../src/generate.ts'
import { parseSources } from '../../src/parse-sources.ts'
import type { Problem } from '../../src/problem.ts'
import { appFolder } from './app-sources.ts'
import type { Call } from './calls/calls-of.ts'
import { toWireCase } from './wire-case.ts'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const targets = ['core', 'svelte', 'react', 'vue'] as const
const cases = ['camel', 'wire'] as const

/** What is written for a variant that interests here. */
export const generatedFiles = ['api.ts', 'convert.ts', 'index.ts', 'types.ts']

/** A target and a case to generate for. */
export interface Variant {
  target: (typeof targets)[number]
  case: (typeof cases)[number]
}

/** Each target in each case; the first is the one that is recorded. */
export const variants: Variant[] = targets.flatMap((target) =>
  cases.map((style): Variant => ({ target, case: style })),
)

/** What is generated for a variant, loaded, and the calls of it. */
export interface Loaded extends Variant {
  /** What its `api.ts` exports. */
  api: Record<string, unknown>
  /** What the server knows each function by. */
  wireNames: Record<string, string>
  /** By the names of functions. */
  calls: Record<string, Call<unknown, unknown>[]>
  /** The texts of its files, with the calls beside them, by their names: for the compiler. */
  files: Record<string, string>
}

/** Generates from the Forge app for every variant, and loads that; `remove` removes the files again. */
export async function loadVariants(): Promise<{ loaded: Loaded[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(path('../.built-forge-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const wireNames = await readWireNames()
    const loaded: Loaded[] = []
    for (const variant of variants) loaded.push(await load(variant, folder, wireNames))
    return { loaded, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** By the names that functions have in TypeScript. */
async function readWireNames(): Promise<Record<string, string>> {
  const parsed = await parseSources(await readSources(join(appFolder, 'src')))
  if ('problems' in parsed) throw new Error(show(parsed.problems))
  return Object.fromEntries(
    parsed.schema.functions.map(({ name, wireName }) => [toCamelCase(name), wireName]),
  )
}

const show = (problems: Problem[]): string => {
  const lines = problems.map(({ place: { file, line, column }, message }) => {
    return `${file}:${line}:${column} ${message}`
  })
  return `nothing can be generated from the Forge app:\n${lines.join('\n')}`
}

async function load(
  variant: Variant,
  folder: string,
  wireNames: Record<string, string>,
): Promise<Loaded> {
  const { target, case: style } = variant
  const out = join(folder, `${target}-${style}`)
  const generated = await generate({ from: join(appFolder, 'src'), target, case: style, out })
  if (generated.status === 'refused') throw new Error(show(generated.problems))
  const files: Record<string, string> = {}
  for (const name of generatedFiles) {
    const text = await readFile(join(out, name), 'utf8').catch(() => null)
    if (text !== null) files[name] = text
  }
  for (const name of ['calls.ts', 'calls-of.ts', 'shapes.ts']) {
    const text = await readFile(path(`calls/${name}`), 'utf8')
    const shown = style === 'wire' && name !== 'calls-of.ts' ? toWireCase(text) : text
    files[name] = shown.replace('../generated/api.ts', './api.ts')
    await writeFile(join(out, name), files[name])
  }
  const api = await import(/* @vite-ignore */ join(out, 'api.ts'))
  const { calls } = await import(/* @vite-ignore */ join(out, 'calls.ts'))
  return { ...variant, api, calls, files, wireNames }
}
