import { describeAdapter } from '@headway/conformance/adapter'
import { VERSION } from 'svelte/compiler'
import { svelteRunes, svelteStores } from './probe.ts'

describeAdapter(`Svelte ${VERSION}, runes`, svelteRunes)
describeAdapter(`Svelte ${VERSION}, stores`, svelteStores)
