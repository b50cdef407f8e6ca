import { readdir, readFile } from 'node:fs/promises'
import type { JobView, WorkflowView } from '@headway/core'
import { hashApp } from './app-sources.ts'
import type { Performed } from './perform-all.ts'
import type { Loaded } from './targets.ts'

/**
 * One call: the request and the answer. A query that is watched sends the same
 * arguments.
 */
export interface Recorded {
  /** The name that the server knows it by. */
  function: string
  path: string
  /** Its JSON, or the parts of its form. */
  body: unknown
  /**
   * `{ data }`, or `{ status, error }` of what was refused; of a run what became of it in the end.
   */
  answer: unknown
}

/** The final state of a run. */
export interface RecordedRun {
  status: string
  output: unknown
  error: string | null
  steps?: { name: string; status: string; error: string | null }[]
}

export type Kind = 'query' | 'mutation' | 'job' | 'workflow'

/** The file for each kind of function, with a call on each line. */
const fileOf: Record<Kind, string> = {
  query: 'queries.jsonl',
  mutation: 'mutations.jsonl',
  job: 'jobs.jsonl',
  workflow: 'workflows.jsonl',
}

/** The file with the hash of the recorded app. */
const hashFile = 'app.sha256'

const folder = new URL('recorded/', import.meta.url)

/** The content of `recorded`. */
export interface Recording {
  /** The hash of the recorded app's sources. */
  hash: string
  /** By the kind of their functions. */
  calls: Record<Kind, Recorded[]>
}

/** Reads what was recorded; without calls and hash where nothing was. */
export async function readRecording(): Promise<Recording> {
  const found: string[] = await readdir(folder).catch(() => [])
  const read = async (name: string): Promise<string> =>
    found.includes(name) ? readFile(new URL(name, folder), 'utf8') : ''
  const linesOf = async (kind: Kind): Promise<Recorded[]> => {
    const text = await read(fileOf[kind])
    return text === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
  }
  return {
    hash: (await read(hashFile)).trim(),
    calls: {
      query: await linesOf('query'),
      mutation: await linesOf('mutation'),
      job: await linesOf('job'),
      workflow: await linesOf('workflow'),
    },
  }
}

/**
 * The texts of the recording, by the names of their files.
 *
 * @param readRun the last view of a run, its output as it is on the wire
 */
export async function toRecording(
  { api, wireNames }: Loaded,
  performed: Record<string, Performed[]>,
  readRun: (
    kind: 'job' | 'workflow',
    name: string,
    at: number,
  ) => Promise<JobView<unknown> | WorkflowView<unknown>>,
): Promise<Record<string, string>> {
  const lines: Record<Kind, string[]> = { query: [], mutation: [], job: [], workflow: [] }
  for (const name of Object.keys(performed).sort()) {
    const { kind } = api[name] as { kind: Kind }
    for (const [at, { sent }] of (performed[name] ?? []).entries()) {
      const call = sent.find(({ path }) => path.startsWith('/rpc/'))
      if (!call) throw new Error(`nothing was sent for ${name}`)
      const { path, body } = call
      const isRun = (kind === 'job' || kind === 'workflow') && !isRefused(call.answer)
      const answer = isRun ? toRun(await readRun(kind, name, at)) : call.answer
      const recorded: Recorded = { function: wireNames[name] ?? name, path, body, answer }
      lines[kind].push(`${JSON.stringify(recorded)}\n`)
    }
  }
  const files = Object.entries(fileOf).map(([kind, file]) => [file, lines[kind as Kind].join('')])
  return { ...Object.fromEntries(files), [hashFile]: `${await hashApp()}\n` }
}

/** True for an answer `{ status, error }`. */
export const isRefused = (answer: unknown): answer is { status: number; error: object } =>
  typeof answer === 'object' &&
  answer !== null &&
  'error' in answer &&
  typeof answer.error === 'object' &&
  answer.error !== null

function toRun(view: JobView<unknown> | WorkflowView<unknown>): RecordedRun {
  const { status, output, error } = view
  if (!('steps' in view)) return { status, output, error }
  const steps = view.steps.map(({ name, status, error }) => ({
    name,
    status,
    error: error ?? null,
  }))
  return { status, output, error, steps }
}
