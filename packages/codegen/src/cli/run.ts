import { relative } from 'node:path'
import type { Config } from '../config.ts'
import { GenerateFailed } from '../errors.ts'
import { type Generated, generate } from '../generate.ts'
import { formatChanges } from './diff.ts'
import { createPaint, type Paint, showsColors } from './paint.ts'
import { createProgress, type ProgressStream } from './progress.ts'
import { formatProblems } from './report.ts'

/** The settings of a run: the flags, then the config. */
export interface RunOptions extends Config {
  check: boolean
  quiet: boolean
}

/** The process around a run. */
export interface Surroundings {
  /** Paths are shown relative to this folder. */
  cwd: string
  env: Record<string, string | undefined>
  stdout: ProgressStream
  stderr: ProgressStream
}

/** 0: all is well. 1: the sources have errors, or `check` found a difference. 2: wrong usage. */
export type ExitCode = 0 | 1 | 2

/** Generates, and reports the result. A diff goes to stdout, everything else to stderr. */
export async function run(options: RunOptions, around: Surroundings): Promise<ExitCode> {
  const { from, target, out, check, quiet } = options
  const { stdout, stderr, env, cwd } = around
  const paint = createPaint(showsColors(stderr, env))
  if (from === undefined || target === undefined || out === undefined) {
    const missing = Object.entries({ from, target, out }).filter(([, value]) => value === undefined)
    stderr.write(fail(sayMissing(missing.map(([name]) => `--${name}`)), paint))
    return 2
  }

  const progress = createProgress(quiet ? { write: () => undefined } : stderr, 'Reading')
  const onProgress = progress.update
  try {
    const result = await generate({ ...options, from, target, out, onProgress })
    progress.clear()
    if (result.status === 'refused') {
      const toPath = (file: string) => `${shown(from, cwd)}/${file}`
      stderr.write(formatProblems(result.problems, { sources: result.sources, toPath, paint }))
      return 1
    }
    const { changes } = result
    const folder = shown(out, cwd)
    if (check && changes.length > 0) {
      stdout.write(formatChanges(changes, folder, createPaint(showsColors(stdout, env))))
      stderr.write(
        fail(`${count(changes.length, 'file')} would change: run headway generate`, paint),
      )
      return 1
    }
    if (!quiet) stderr.write(summary(result, folder, paint))
    return 0
  } catch (error) {
    progress.clear()
    if (!(error instanceof GenerateFailed)) throw error
    stderr.write(fail(error.message, paint))
    return 1
  }
}

function sayMissing(flags: string[]): string {
  const list = flags.length > 1 ? `${flags.slice(0, -1).join(', ')} and ${flags.at(-1)}` : flags[0]
  return (
    `${list} ${flags.length > 1 ? 'are' : 'is'} missing, and no config says it. For example:\n` +
    '  headway generate --from ../backend/src --target svelte --out src/lib/forge'
  )
}

function summary(
  result: Extract<Generated, { status: 'done' }>,
  out: string,
  paint: Paint,
): string {
  const { changes, files, functions, types } = result
  const verbs = { added: 'wrote', changed: 'wrote', removed: 'removed' }
  const lines = changes.map(({ kind, path }) => `${paint.dim(verbs[kind])} ${out}/${path}\n`)
  const found = `${count(functions, 'function')}, ${count(types, 'type')}`
  const written = changes.length === 0 ? `${count(files, 'file')} as before` : count(files, 'file')
  return `${lines.join('')}${paint.green('done')} ${found}: ${written} in ${out}\n`
}

/** An error message, with the word in red. */
export function fail(message: string, paint: Paint): string {
  return `${paint.red('error:')} ${message}\n`
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`
}

/** A path as you would type it in this folder: relative, or absolute where that is shorter. */
function shown(path: string, cwd: string): string {
  const near = relative(cwd, path) || '.'
  return (near.length < path.length ? near : path).replaceAll('\\', '/')
}
