import type { RunOptions } from '@headway/core'
import { type AnyRunHandle, type AnyRunView, createRuns, idOf } from '@headway/core/adapter'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** What a hook for a run may be asked, beyond which run it shows. */
export interface UseRunOptions<TArgs, TView, TOutput>
  extends Pick<RunOptions<TView, TOutput>, 'persist' | 'onDone' | 'onFail'> {
  /** Starts a run when the component is mounted: once, however it renders, and whatever becomes of `args`. */
  args?: TArgs | undefined
  /** Suspends until the server has said something of the run that is asked for by its id. */
  suspense?: boolean | undefined
}

/** What can be done about the run that is shown. The same functions until it is another run. */
export interface RunActions<TArgs, THandle> {
  /** Starts a run and shows it. Call it from an event; calling it twice with equal arguments, as a double click does, starts one. */
  start(args: TArgs): THandle
  /** Asks the server to cancel the run that is shown. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled. */
  retry(): Promise<void>
  /** Starts again what could not be started, as the same intent. */
  retryStart(): Promise<void>
}

/** The options of either hook, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  kind: 'job' | 'workflow',
  what: string | { name: string },
  id: string | undefined,
  { args, select, suspense, ...callbacks }: AnyRunOptions,
): unknown {
  const client = useClient()
  // By name: a definition written inside the component is another object in each render.
  const name = typeof what === 'string' ? what : what.name
  const [latest] = useState({ callbacks })
  useEffect(() => {
    latest.callbacks = callbacks
  })
  const runs = useMemo(
    () => createRuns(client, kind, name, () => latest.callbacks),
    [client, kind, name, latest],
  )
  const [started, setStarted] = useState(() =>
    args === undefined || id !== undefined
      ? undefined
      : { client, name, handle: runs.prepare(args) },
  )
  const [lastId, setLastId] = useState(id)
  if (id !== lastId) {
    setLastId(id)
    // Another run is asked for: what was started before is shown no longer.
    if (started && idOf(started.handle.getSnapshot()) !== id) setStarted(undefined)
  }
  const attached = useMemo(() => runs.attach(id), [runs, id])
  const isOurs = started?.client === client && started.name === name
  const handle = isOurs ? started.handle : attached
  useReady(handle, suspense)
  const shown = useStore(handle, select)
  const actions = useMemo(
    (): RunActions<unknown, AnyRunHandle> => ({
      start(args) {
        const next = runs.start(args, handle)
        setStarted({ client, name, handle: next })
        return next
      },
      cancel: handle.cancel,
      retry: handle.retry,
      retryStart: handle.retryStart,
    }),
    [client, name, runs, handle],
  )
  return select ? shown : { ...(shown as AnyRunView), ...actions }
}
