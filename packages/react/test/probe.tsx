import {
  type Actions,
  type AdapterUnderTest,
  type Ask,
  type Probe,
  toText,
} from '@headway/conformance/adapter'
import { defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { StrictMode, useLayoutEffect } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import {
  HeadwayProvider,
  useConnection,
  useJob,
  useMany,
  useMutation,
  useQuery,
  useRuns,
  useWorkflow,
} from '../src/index.ts'

/** One component per hook: it writes what it is shown. */
const probes: Record<Ask['show'], (probe: Probe) => unknown> = {
  job: ({ ask: { name = '', id, ...options } }) =>
    useJob(defineJob<unknown, unknown>(name), { ...options, jobId: id } as object),
  workflow: ({ ask: { name = '', id, ...options } }) =>
    useWorkflow(defineWorkflow<unknown, unknown>(name), { ...options, workflowId: id } as object),
  many: ({ ask: { name = '', id, ...options } }) =>
    useMany(defineJob<unknown, unknown>(name), { ...options, jobId: id } as object),
  query: ({ ask: { name = '', args, enabled } }) =>
    useQuery(defineQuery<unknown, unknown>(name), args, { enabled }),
  runs: ({ ask: { filter, enabled, select } }) => useRuns(filter, { enabled, select } as object),
  mutation: ({ ask: { name = '' } }) => useMutation(defineMutation<unknown, unknown>(name)),
  connection: () => useConnection(),
}

/** Shows what one hook says, as text. */
function ProbeView(probe: Probe) {
  const shown = probes[probe.ask.show](probe)
  // Once per commit: what is rendered and thrown away nobody sees.
  useLayoutEffect(() => probe.onRender(actionsOf(shown)))
  return <output>{toText(shown)}</output>
}

function actionsOf(shown: unknown): Actions {
  return typeof shown === 'object' && shown !== null ? shown : {}
}

/** React, in StrictMode, where everything is rendered and mounted twice. */
export const react: AdapterUnderTest = {
  mount(element, client, probe) {
    const root = createRoot(element)
    const render = (ask: Ask): void =>
      root.render(
        <StrictMode>
          <HeadwayProvider client={client}>
            <ProbeView {...probe} ask={ask} />
          </HeadwayProvider>
        </StrictMode>,
      )
    flushSync(() => render(probe.ask))
    return { ask: render, unmount: () => root.unmount() }
  },
}
