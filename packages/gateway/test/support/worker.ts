import { createWorker } from '../../src/index.ts'
import { jobs } from './jobs.ts'
import { quiet } from './quiet.ts'
import { testEngine } from './test-engine.ts'

/** A worker as a process of its own: it says `ready`, and ends with its parent. */
const database = process.env.DATABASE ?? ''
const engine = testEngine(database, { lockMs: 1_000, stalledIntervalMs: 500 })
await createWorker({ database, engine, jobs, logger: quiet, maskErrors: false, concurrency: 4 })
process.on('disconnect', () => process.exit())
process.send?.('ready')
