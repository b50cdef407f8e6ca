import { parseSources } from '../../src/parse-sources.ts'
import type { Problem } from '../../src/problem.ts'
import type { ParseOptions } from '../../src/resolve/resolve.ts'
import type { Schema } from '../../src/schema.ts'
import { showSchema } from './show.ts'

/** One file, or several by their paths. */
export type Rust = string | Record<string, string>

/** What a well-formed source says; throws with what is wrong with it. */
export async function parse(rust: Rust, options?: ParseOptions): Promise<Schema> {
  const parsed = await parseSources(toFiles(rust), options)
  if ('schema' in parsed) return parsed.schema
  throw new Error(parsed.problems.map(showProblem).join('\n'))
}

/** The same, as people would jot it down. */
export async function parsed(rust: Rust, options?: ParseOptions): Promise<string[]> {
  return showSchema(await parse(rust, options))
}

/** Everything that is wrong with a source, a line each, without hints; empty when all is well. */
export async function problemsIn(rust: Rust, options?: ParseOptions): Promise<string[]> {
  const parsed = await parseSources(toFiles(rust), options)
  return 'problems' in parsed ? parsed.problems.map(showProblem) : []
}

function toFiles(rust: Rust): { path: string; text: string }[] {
  const files = typeof rust === 'string' ? { 'src/lib.rs': rust } : rust
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}

function showProblem({ place: { file, line, column }, message }: Problem): string {
  return `${file}:${line}:${column} ${message}`
}
