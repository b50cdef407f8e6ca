import {
  type AnyRunDefinition,
  type AnyRunHandle,
  type AnyRunView,
  type Begin,
  createRuns,
  isRun,
  type RunCallbacks,
} from '@headway/core/adapter'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** The options that `useJob` and `useWorkflow` share. */
export interface UseRunOptions<TArgs, TView, TOutput> extends RunCallbacks<TView, TOutput> {
  /** Starts a run when the component mounts. Once: later changes of `args` start nothing. */
  args?: TArgs | undefined
  /** Suspends until the server's first answer about the run with the given id. */
  suspense?: boolean | undefined
}

/** The options of both hooks, with erased types. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/**
 * Shows a run: the last one that was started here, until `id` changes.
 *
 * @param begin prepares a start. Default: `client.start()`
 */
export function useRun(
  definition: AnyRunDefinition,
  id: string | undefined,
  { args, select, suspense, ...callbacks }: AnyRunOptions,
  begin?: Begin,
): unknown {
  const client = useClient()
  // By name, because a definition inside the component is a new object with each render.
  const { name, kind } = definition
  // The effect below updates the callbacks.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name stands for the definition
  const runs = useMemo(() => createRuns(client, definition, callbacks, begin), [client, kind, name])
  useEffect(() => {
    runs.callbacks = callbacks
  })
  const show = (handle: AnyRunHandle | undefined) => handle && { handle, client, name }
  const [started, setStarted] = useState(() => show(runs.first(id, args)))
  const [lastId, setLastId] = useState(id)
  if (id !== lastId) {
    setLastId(id)
    // The component asks for another run: the started one is no longer shown.
    if (started && !isRun(started.handle, id)) setStarted(undefined)
  }
  const attached = useMemo(() => runs.attach(id), [runs, id])
  const isOurs = started?.client === client && started.name === name
  const handle = isOurs ? started.handle : attached
  useReady(handle, suspense)
  const shown = useStore(handle, select)
  const actions = useMemo(() => {
    // The next render shows the started run. A second click can come before it.
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
