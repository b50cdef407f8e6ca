import {
  type AnyRunDefinition,
  type AnyRunHandle,
  type AnyRunView,
  createRuns,
  isRun,
  type RunCallbacks,
} from '@headway/core/adapter'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** What a hook for a run may be asked, beyond which run it shows. */
export interface UseRunOptions<TArgs, TView, TOutput> extends RunCallbacks<TView, TOutput> {
  /** Starts a run when the component is mounted: once, however it renders, and whatever becomes of `args`. */
  args?: TArgs | undefined
  /** Suspends until the server has said something of the run that is asked for by its id. */
  suspense?: boolean | undefined
}

/** The options of either hook, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  definition: AnyRunDefinition,
  id: string | undefined,
  { args, select, suspense, ...callbacks }: AnyRunOptions,
): unknown {
  const client = useClient()
  // By name: a definition written inside the component is another object in each render.
  const { name, kind } = definition
  // biome-ignore lint/correctness/useExhaustiveDependencies: definitions of one name are the same, and the effect below keeps the callbacks up to date
  const runs = useMemo(() => createRuns(client, definition, callbacks), [client, kind, name])
  useEffect(() => {
    runs.callbacks = callbacks
  })
  const show = (handle: AnyRunHandle | undefined) => handle && { handle, client, name }
  const [started, setStarted] = useState(() => show(runs.first(id, args)))
  const [lastId, setLastId] = useState(id)
  if (id !== lastId) {
    setLastId(id)
    // Another run is asked for: what was started before is shown no longer.
    if (started && !isRun(started.handle, id)) setStarted(undefined)
  }
  const attached = useMemo(() => runs.attach(id), [runs, id])
  const isOurs = started?.client === client && started.name === name
  const handle = isOurs ? started.handle : attached
  useReady(handle, suspense)
  const shown = useStore(handle, select)
  const actions = useMemo(() => {
    // What was started is shown with the next render; a second click may come before that.
    let current = handle
    return runs.actions(
      () => current,
      (next) => {
        current = next
        setStarted({ handle: next, client, name })
      },
    )
  }, [client, name, runs, handle])
  return select ? shown : { ...(shown as AnyRunView), ...actions }
}
