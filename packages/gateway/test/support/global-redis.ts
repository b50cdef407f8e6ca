import type { TestProject } from 'vitest/node'
import { buildOrUndo } from '../../src/teardown.ts'
import setUpPostgres from './global-postgres.ts'
import { startRedis } from './redis.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A running Redis, in the project whose tests run BullMQ on it. */
    redis: string
  }
}

/** Starts one PostgreSQL and one Redis for all the files of the project. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return buildOrUndo(async ({ defer, run }) => {
    defer(await setUpPostgres(project))
    const redis = process.env.REDIS_URL ? null : await startRedis()
    if (redis) defer(redis.stop)
    project.provide('redis', redis?.url ?? String(process.env.REDIS_URL))
    return run
  })
}
