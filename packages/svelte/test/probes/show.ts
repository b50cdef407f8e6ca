import type { Ask } from '@headway/conformance/adapter'
import { defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import {
  type Readable,
  useConnection,
  useJob,
  useMany,
  useMutation,
  useQuery,
  useRuns,
  useWorkflow,
} from '../../src/index.ts'

const probes: Record<Ask['show'], (ask: () => Ask) => Readable<unknown>> = {
  job: (ask) => {
    const { name = '', id: _, ...options } = ask()
    return useJob(defineJob<unknown, unknown>(name), {
      ...options,
      onDone: (output: unknown) => ask().onDone?.(output),
      jobId: () => ask().id,
    } as object)
  },
  workflow: (ask) => {
    const { name = '', id: _, ...options } = ask()
    return useWorkflow(defineWorkflow<unknown, unknown>(name), {
      ...options,
      workflowId: () => ask().id,
    } as object)
  },
  many: (ask) => {
    const { name = '', id: _, ...options } = ask()
    return useMany(defineJob<unknown, unknown>(name), {
      ...options,
      jobId: () => ask().id,
    } as object)
  },
  query: (ask) =>
    useQuery(defineQuery<unknown, unknown>(ask().name ?? ''), () => ask().args, {
      enabled: () => ask().enabled,
    }),
  runs: (ask) =>
    useRuns(() => ask().filter ?? {}, {
      enabled: () => ask().enabled,
      select: ask().select,
    } as object),
  mutation: (ask) => useMutation(defineMutation<unknown, unknown>(ask().name ?? '')),
  connection: () => useConnection(),
}

/** What one function returns for what is asked; what may change is asked for by functions. */
export function show(ask: () => Ask): Readable<unknown> {
  return probes[ask().show](ask)
}
