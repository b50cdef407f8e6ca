import { describeAdapter } from '@headway/conformance/adapter'
import { adapters } from './probe.ts'

for (const [name, adapter] of Object.entries(adapters)) describeAdapter(name, adapter)
