import { defineJob, type JobDefinition, type JobHandle, type JobView } from '@headway/core'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from './client-provider.tsx'
import { useStore } from './use-store.ts'

/** Which job to show. */
export interface UseJobOptions {
  /** Follows this job, started elsewhere; `undefined` while it is not known. */
  jobId?: string | undefined
}

/** A job as it is now, and what can be done about it. */
export interface UsedJob<TArgs, TOutput> extends JobView<TOutput> {
  /** Starts a job and shows it. Call it from an event. */
  start(args: TArgs): JobHandle<TOutput>
  /** Asks the server to cancel the job that is shown. */
  cancel(reason?: string): Promise<void>
}

/**
 * Shows a job: the one that `start()` started last, until `jobId` changes to another.
 *
 * @example
 * ```tsx
 * const job = useJob(exportUsers)
 * return <button onClick={() => job.start({ format: 'csv' })}>{job.progress ?? job.phase}</button>
 * ```
 */
export function useJob<TArgs, TOutput>(
  definition: JobDefinition<TArgs, TOutput>,
  { jobId }: UseJobOptions = {},
): UsedJob<TArgs, TOutput> {
  const client = useClient()
  const { name } = definition
  const [started, setStarted] = useState<JobHandle<TOutput>>()
  const [lastId, setLastId] = useState(jobId)
  if (jobId !== lastId) {
    setLastId(jobId)
    // Another job is asked for: what was started before is shown no longer.
    if (started?.getSnapshot().jobId !== jobId) setStarted(undefined)
  }
  const attached = useMemo(
    // By name: a definition written inside the component is another object in each render.
    () => client.attach(defineJob<TArgs, TOutput>(name), jobId),
    [client, name, jobId],
  )
  const handle = started ?? attached
  const view = useStore(handle)
  // A started job is followed from the beginning; from here on, by the subscription above alone.
  useEffect(() => () => handle.unsubscribe(), [handle])
  const start = (args: TArgs): JobHandle<TOutput> => {
    const handle = client.start(definition, args)
    setStarted(handle)
    return handle
  }
  return { ...view, start, cancel: handle.cancel }
}
