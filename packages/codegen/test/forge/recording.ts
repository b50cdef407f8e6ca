import type { JobView, WorkflowView } from '@headway/core'
import { hashApp } from './app-sources.ts'
import type { Performed } from './perform-all.ts'
import type { Loaded } from './targets.ts'

/** What was sent for one call, and what was answered. */
export interface Recorded {
  path: string
  body: unknown
  answer: unknown
  /** What was asked on the stream, of a query. */
  watched?: { body: unknown; answer: unknown }
}

/** What became of a run in the end. */
export interface RecordedRun {
  status: string
  output: unknown
  error: string | null
  steps?: { name: string; status: string; error: string | null }[]
}

const kinds = ['query', 'mutation', 'job', 'workflow'] as const
type Kind = (typeof kinds)[number]
const fileOf: Record<Kind, string> = {
  query: 'queries.json',
  mutation: 'mutations.json',
  job: 'jobs.json',
  workflow: 'workflows.json',
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
    kind: Kind,
    name: string,
    at: number,
  ) => Promise<JobView<unknown> | WorkflowView<unknown>>,
): Promise<Record<string, string>> {
  const recorded: Record<Kind, Record<string, Recorded[]>> = {
    query: {},
    mutation: {},
    job: {},
    workflow: {},
  }
  for (const name of Object.keys(performed).sort()) {
    const { kind } = api[name] as { kind: Kind }
    const all: Recorded[] = []
    for (const [at, { sent }] of (performed[name] ?? []).entries()) {
      const call = sent.find(({ path }) => path.startsWith('/rpc/'))
      const watch = sent.find(({ path }) => path === '/subscribe')
      if (!call) throw new Error(`nothing was sent for ${name}`)
      const isRun = (kind === 'job' || kind === 'workflow') && !isRefused(call.answer)
      all.push({
        path: call.path,
        body: call.body,
        answer: isRun ? toRun(await readRun(kind, name, at)) : call.answer,
        ...(watch && { watched: { body: watch.body, answer: watch.answer } }),
      })
    }
    recorded[kind][wireNames[name] ?? name] = all
  }
  const files = kinds.map((kind): [string, string] => [fileOf[kind], toText(recorded[kind])])
  return { ...Object.fromEntries(files), 'app.json': toText({ sha256: await hashApp() }) }
}

const isRefused = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'error' in answer

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

const toText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
