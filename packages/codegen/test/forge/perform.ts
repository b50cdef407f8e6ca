import {
  type Client,
  type defineQuery,
  HeadwayError,
  type JobView,
  RpcError,
  type WorkflowView,
} from '@headway/core'
import { setClient } from '@headway/svelte'
import type { Call } from './calls/calls-of.ts'
import type { Loaded } from './targets.ts'

/** The result of a call: its output, or the name and the message of its error. */
export type Outcome = { output: unknown } | { fails: string }

export type RunView = JobView<unknown> | WorkflowView<unknown>

/** The id of a run; empty until the server has created it. */
export const idOf = (view: RunView): string => ('jobId' in view ? view.jobId : view.workflowId)

/** The expected result of a call. */
export const expected = (call: Call<unknown, unknown>): Outcome =>
  'output' in call ? { output: call.output } : { fails: call.fails }

/**
 * Calls one generated function as its target does. Core: `trackX(client, args)`, or the definition.
 * Svelte: `x(args)` and `trackX(args)`. React and Vue: the definition, which `useX` passes on.
 *
 * @param onView told each view of a run
 */
export async function perform(
  { target, api }: Loaded,
  client: Client,
  name: string,
  args: unknown,
  onView: (view: RunView) => void,
): Promise<Outcome> {
  const exported = api[name]
  const track = api[`track${name.charAt(0).toUpperCase()}${name.slice(1)}`]
  try {
    if (target === 'svelte') {
      return await inPage(client, () => {
        if (isFunction(track)) return follow(track(args), onView)
        if (isFunction(exported)) return toOutcome(exported(args))
        throw new TypeError(`${name} is no function of the generated module`)
      })
    }
    if (!isDefinition(exported)) throw new TypeError(`${name} is no definition`)
    if (target === 'core' && isFunction(track)) return await follow(track(client, args), onView)
    if (exported.kind === 'job' || exported.kind === 'workflow') {
      return await follow(client.start(exported as never, args), onView)
    }
    return await toOutcome(client.call(exported as never, args))
  } catch (error) {
    return { fails: describeError(error) }
  }
}

/**
 * The first result of a query that is watched, by its definition, or in Svelte by its store; `null`
 * for what is no query.
 */
export async function watch(
  { target, api }: Loaded,
  client: Client,
  name: string,
  args: unknown,
): Promise<Outcome | null> {
  const exported = api[name]
  const store = api[`${name}Store$`]
  if (target === 'svelte') {
    return isFunction(store) ? inPage(client, () => firstResult(store(args))) : null
  }
  if (!isDefinition(exported) || exported.kind !== 'query') return null
  return firstResult(client.watch(exported as ReturnType<typeof defineQuery>, args).state$)
}

/** Svelte’s functions ask the client of their page, and a page has a window. */
function inPage<T>(client: Client, act: () => T): T {
  const page = globalThis as { window?: unknown }
  page.window = {}
  try {
    setClient(client)
    return act()
  } finally {
    delete page.window
  }
}

/** A store of Svelte’s, or an observable. */
interface Source<T> {
  subscribe(listener: (value: T) => void): unknown
}

function follow(run: unknown, onView: (view: RunView) => void): Promise<Outcome> {
  const source = (hasState(run) ? run.state$ : run) as Source<RunView>
  return first(source, (view) => {
    onView(view)
    if (view.startError) throw view.startError
    if (view.phase === 'succeeded') return { output: view.output }
    if (view.phase === 'failed') return { fails: `JobFailed ${view.error}` }
    return view.phase === 'cancelled'
      ? { fails: `JobCancelled ${view.error ?? ''}`.trim() }
      : undefined
  })
}

function firstResult(source: unknown): Promise<Outcome> {
  return first(source as Source<{ data: unknown; loading: boolean; error: unknown }>, (view) => {
    if (view.error) return { fails: describeError(view.error) }
    return view.loading ? undefined : { output: view.data }
  })
}

/** The first result of `pick` that is not empty. */
function first<T>(source: Source<T>, pick: (value: T) => Outcome | undefined): Promise<Outcome> {
  let stop: unknown
  const picked = new Promise<Outcome>((resolve, reject) => {
    stop = source.subscribe((value) => {
      try {
        const found = pick(value)
        if (found) resolve(found)
      } catch (error) {
        reject(error)
      }
    })
  })
  return picked.finally(() => {
    if (isFunction(stop)) stop()
    else (stop as { unsubscribe(): void }).unsubscribe()
  })
}

const toOutcome = async (answer: unknown): Promise<Outcome> => ({ output: await answer })

/** An error's name, a code where it has one, and what it says. */
function describeError(error: unknown): string {
  if (error instanceof RpcError) return `RpcError ${error.code}: ${error.message}`
  if (error instanceof HeadwayError) {
    return error.cause
      ? `${error.name} ${describeError(error.cause)}`
      : `${error.name} ${error.message}`
  }
  throw error
}

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function'

const isDefinition = (value: unknown): value is { kind: string; name: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value

const hasState = (value: unknown): value is { state$: unknown } =>
  typeof value === 'object' && value !== null && 'state$' in value
