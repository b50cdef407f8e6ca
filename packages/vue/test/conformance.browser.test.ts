import { describeAdapter } from '@headway/conformance/adapter'
import { version } from 'vue'
import { vue } from './probe.ts'

describeAdapter(`Vue ${version}`, vue)
