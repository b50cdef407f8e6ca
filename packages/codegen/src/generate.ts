import { resolve } from 'node:path'
import type { Config } from './config.ts'
import { emit } from './emit/emit.ts'
import { GenerateFailed } from './errors.ts'
import { readSources } from './files/read-sources.ts'
import { applyChanges, type Change, planChanges } from './files/write-files.ts'
import type { SourceFile } from './parse/source.ts'
import { parseSources } from './parse-sources.ts'
import type { Problem } from './problem.ts'

/** The settings of one run. Paths are relative to the working directory. */
export interface GenerateOptions extends Config {
  from: string
  target: NonNullable<Config['target']>
  out: string
  /** Writes nothing, and only lists the changes. */
  check?: boolean
  /** Called as sources are read, with numbers of files. */
  onProgress?: (done: number, total: number) => void
}

/** The result of a run. */
export type Generated =
  | {
      status: 'done'
      /** The changes made; with `check`, the changes due. Empty when the output is up to date. */
      changes: Change[]
      /** The number of generated files. */
      files: number
      functions: number
      types: number
    }
  /** The sources have errors, so nothing was written. */
  | { status: 'refused'; problems: Problem[]; sources: SourceFile[] }

/**
 * Writes typed functions for a Rust server. Throws {@link GenerateFailed} when it cannot read the
 * sources or write the output, and when a file of your own is in the way.
 *
 * @example
 * ```ts
 * const result = await generate({ from: '../backend/src', target: 'react', out: 'src/api' })
 * if (result.status === 'refused') throw new Error(result.problems.map(({ message }) => message).join('\n'))
 * ```
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { from, target, exclude, types, check = false, onProgress } = options
  const sources = await readSources(from, exclude)
  const parsed = await parseSources(sources, types && { types }, (count) =>
    onProgress?.(count, sources.length),
  )
  if ('problems' in parsed) return { status: 'refused', problems: parsed.problems, sources }
  const { schema } = parsed
  // A new Forge app has no function yet, but its pages already import the output.
  if (schema.functions.length === 0 && !sources.some(isForgeApp)) {
    throw new GenerateFailed(nothingFound(from, sources.length))
  }

  const emitted = emit(schema, { target, case: options.case ?? 'camel' })
  if ('problems' in emitted) return { status: 'refused', problems: emitted.problems, sources }
  const out = resolve(options.out)
  const { changes, foreign } = await planChanges(out, emitted.files)
  if (foreign.length > 0) throw new GenerateFailed(inTheWay(options.out, foreign))
  if (!check) await applyChanges(out, changes)
  return {
    status: 'done',
    changes,
    files: emitted.files.length,
    functions: schema.functions.length,
    types: schema.types.length,
  }
}

function isForgeApp({ text }: SourceFile): boolean {
  return /\bForge\s*::\s*builder\s*\(/.test(text)
}

function nothingFound(from: string, files: number): string {
  if (files === 0) return `There is no Rust file in ${from}, nor in the folders in it`
  const read = files === 1 ? 'one Rust file was' : `${files} Rust files were`
  return (
    `There is nothing to call in ${from}: ${read} read, and no function has #[forge::query], ` +
    '#[forge::mutation], #[forge::job] or #[forge::workflow]'
  )
}

function inTheWay(out: string, foreign: string[]): string {
  const list = foreign.map((path) => `  ${out}/${path}`).join('\n')
  return `These files were not generated, and would be overwritten:\n${list}\nMove them, or write to another folder.`
}
