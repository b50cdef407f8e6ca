import { describeAdapter } from '@headway/conformance/adapter'
import { svelteRunes, svelteStores } from './probe.ts'

describeAdapter('Svelte, runes', svelteRunes)
describeAdapter('Svelte, stores', svelteStores)
