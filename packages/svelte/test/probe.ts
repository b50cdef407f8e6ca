import type { AdapterUnderTest } from '@headway/conformance/adapter'
import { flushSync, mount, unmount } from 'svelte'
import Probe from './probes/probe.svelte'
import { createProps } from './probes/props.svelte.ts'
import StoreProbe from './probes/store-probe.svelte'

/** Svelte, by `.current` in runes, or by `$store`. */
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

/** The value by `.current`. */
export const svelteRunes: AdapterUnderTest = svelte(Probe)
/** The value by `$store`. */
export const svelteStores: AdapterUnderTest = svelte(StoreProbe)
