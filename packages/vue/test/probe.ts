import { type AdapterUnderTest, type Ask, toText } from '@headway/conformance/adapter'
import { defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { createApp, defineComponent, h, isRef, type PropType, shallowRef, unref } from 'vue'
import {
  headway,
  useConnection,
  useJob,
  useMany,
  useMutation,
  useQuery,
  useRuns,
  useWorkflow,
} from '../src/index.ts'

/** What one composable returns for what is asked; what may change is asked for by getters. */
const probes: Record<Ask['show'], (ask: () => Ask) => object> = {
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

/** Shows what one composable says, as text. */
const ProbeView = defineComponent({
  props: {
    ask: { type: Object as PropType<Ask>, required: true },
    onShow: { type: Function as PropType<(actions: object) => void>, required: true },
  },
  setup(props) {
    const shown = probes[props.ask.show](() => props.ask)
    return () => {
      props.onShow(shown)
      return h('output', toText(isRef(shown) ? shown.value : unrefAll(shown)))
    }
  },
})

/** The value of each ref. */
function unrefAll(refs: object): object {
  return Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, unref(ref)]))
}

/** Vue, with the plugin. */
export const vue: AdapterUnderTest = {
  mount(element, client, { ask, onRender }) {
    const asked = shallowRef(ask)
    const app = createApp(() => h(ProbeView, { ask: asked.value, onShow: onRender }))
    app.use(headway(client)).mount(element)
    return {
      ask(next) {
        asked.value = next
      },
      unmount: () => app.unmount(),
    }
  },
}
