import { describeAdapter } from '@headway/conformance/adapter'
import { version } from 'react'
import { react } from './probe.tsx'

describeAdapter(`React ${version}, in StrictMode`, react)
