import type { RunOptions } from '@headway/core'
import { type AnyRunHandle, type AnyRunView, createRuns, idOf } from '@headway/core/adapter'
import { computed, type MaybeRefOrGetter, shallowRef, toValue, watch } from 'vue'
import { useClient } from './client-plugin.ts'
import { toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'
import { whenReady } from './when-ready.ts'

/** What a composable for a run may be asked, beyond which run it shows. */
export interface UseRunOptions<TArgs, TView, TOutput>
  extends Pick<RunOptions<TView, TOutput>, 'persist' | 'onDone' | 'onFail'> {
  /** Starts a run when the component is mounted: once, and whatever becomes of `args`. */
  args?: MaybeRefOrGetter<TArgs | undefined>
}

/** What can be done about the run that is shown. */
export interface RunActions<TArgs, THandle> {
  /** Starts a run and shows it. Call it from an event; calling it twice with equal arguments, as a double click does, starts one. */
  start(args: TArgs): THandle
  /** Asks the server to cancel the run that is shown. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled. */
  retry(): Promise<void>
  /** Starts again what could not be started, as the same intent. */
  retryStart(): Promise<void>
  /** Resolves once the server has said something of it: `await ready()` in a `setup` below `<Suspense>`. */
  ready(): Promise<void>
}

/** The options of either composable, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  kind: 'job' | 'workflow',
  what: string | { name: string },
  id: MaybeRefOrGetter<string | undefined>,
  { args, select, ...callbacks }: AnyRunOptions,
): unknown {
  const name = typeof what === 'string' ? what : what.name
  const runs = createRuns(useClient(), kind, name, () => callbacks)
  const askedId = computed(() => toValue(id))
  const firstArgs = askedId.value === undefined ? toValue(args) : undefined
  const started = shallowRef(firstArgs === undefined ? undefined : runs.prepare(firstArgs))
  const attached = computed(() => runs.attach(askedId.value))
  const handle = computed(() => started.value ?? attached.value)
  const forgetStarted = (id: string | undefined): void => {
    // Another run is asked for: what was started before is shown no longer.
    if (started.value && idOf(started.value.getSnapshot()) !== id) started.value = undefined
  }
  watch(askedId, forgetStarted, { flush: 'sync' })
  const view = useStore(handle)
  if (select) return useSelected(view, select)
  const actions: RunActions<unknown, AnyRunHandle> = {
    start(args) {
      started.value = runs.start(args, handle.value)
      return started.value
    },
    cancel: (reason) => handle.value.cancel(reason),
    retry: () => handle.value.retry(),
    retryStart: () => handle.value.retryStart(),
    ready: () => whenReady(handle.value),
  }
  return { ...toFieldRefs(view), ...actions }
}
