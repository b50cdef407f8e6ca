import type { AdapterUnderTest } from '@headway/conformance/adapter'
import { flushSync, mount, unmount } from 'svelte'
import BesideProbe from './probes/beside-probe.svelte'
import BothProbe from './probes/both-probe.svelte'
import Probe from './probes/probe.svelte'
import { createProps } from './probes/props.svelte.ts'
import StoreProbe from './probes/store-probe.svelte'

/** Svelte, with a component that shows what it is asked for. */
function svelte(component: typeof Probe): AdapterUnderTest {
  return {
    mount(target, client, { ask, onRender }) {
      const { props, ask: askFor } = createProps({ client, ask, onRender })
      const mounted = mount(component, { target, props })
      flushSync()
      return {
        ask: askFor,
        unmount: () => void unmount(mounted),
      }
    },
  }
}

/** The ways to read a value in a template. */
export const adapters: Record<string, AdapterUnderTest> = {
  'Svelte, runes': svelte(Probe),
  'Svelte, stores': svelte(StoreProbe),
  'Svelte, both in one template': svelte(BothProbe),
  'Svelte, a store beside what others show by runes': svelte(BesideProbe),
}
