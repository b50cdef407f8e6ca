import { idleJob, type JobDefinition, type JobHandle, type JobView } from '@headway/core'
import { type ComputedRef, computed, type MaybeRefOrGetter, shallowRef, toValue, watch } from 'vue'
import { useClient } from './client-plugin.ts'
import { useStore } from './use-store.ts'

/** Which job to show. */
export interface UseJobOptions {
  /** Follows this job, started elsewhere: a ref, a getter or a value; `undefined` while it is not known. */
  jobId?: MaybeRefOrGetter<string | undefined>
}

/** A job as it is now, a ref for each field, and what can be done about it. */
export type UsedJob<TArgs, TOutput> = {
  readonly [Field in keyof JobView<TOutput>]: ComputedRef<JobView<TOutput>[Field]>
} & {
  /** Starts a job and shows it. Call it from an event. */
  start(args: TArgs): JobHandle<TOutput>
  /** Asks the server to cancel the job that is shown. */
  cancel(reason?: string): Promise<void>
}

/**
 * Shows a job: the one that `start()` started last, until `jobId` changes to another.
 *
 * @example
 * ```ts
 * const { status, progress, start } = useJob(exportUsers, { jobId: () => props.jobId })
 * ```
 */
export function useJob<TArgs, TOutput>(
  definition: JobDefinition<TArgs, TOutput>,
  { jobId }: UseJobOptions = {},
): UsedJob<TArgs, TOutput> {
  const client = useClient()
  const started = shallowRef<JobHandle<TOutput>>()
  const askedId = computed(() => toValue(jobId))
  const attached = computed(() => client.attach(definition, askedId.value))
  const handle = computed(() => started.value ?? attached.value)
  const forgetStarted = (id: string | undefined): void => {
    // Another job is asked for: what was started before is shown no longer.
    if (started.value?.getSnapshot().jobId !== id) started.value = undefined
  }
  watch(askedId, forgetStarted, { flush: 'sync' })
  const view = useStore(handle)
  // A started job is followed from the beginning; from here on, while this scope shows it.
  watch(handle, (current, _previous, onCleanup) => onCleanup(() => current.unsubscribe()), {
    immediate: true,
    flush: 'sync',
  })
  const fields = Object.keys(idleJob) as (keyof JobView<TOutput>)[]
  const refs = Object.fromEntries(
    fields.map((field) => [field, computed(() => view.value[field])]),
  ) as { [Field in keyof JobView<TOutput>]: ComputedRef<JobView<TOutput>[Field]> }
  return {
    ...refs,
    start(args) {
      started.value = client.start(definition, args)
      return started.value
    },
    cancel: (reason) => handle.value.cancel(reason),
  }
}
