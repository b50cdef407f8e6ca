import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { withCancel } from './with-cancel.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const job = { id: '1', attemptsMade: 0, queueQualifiedName: 'bull:q' }
/** A Redis that answers these in turn, then nothing; an error is its failure. */
const redisOf = (...answers: (string | null | Error)[]) => {
  const hget = vi.fn(async () => {
    const answer = answers.shift() ?? null
    if (answer instanceof Error) throw answer
    return answer
  })
  return { hget }
}
const away = new Error('Redis is away')

it('a job runs, and fails as it does, though Redis cannot be asked', async () => {
  const redis = redisOf(away, away)
  expect(await withCancel(async () => 'done', { redis: redisOf(away) })(job)).toBe('done')
  const fails = withCancel(() => Promise.reject(new Error('disk full')), { redis })
  await expect(fails(job)).rejects.toThrow('disk full')
  expect(redis.hget).toHaveBeenCalledTimes(2)
})

it('a job that has moved itself is not failed, whatever was asked meanwhile', async () => {
  for (const name of ['DelayedError', 'WaitingError', 'WaitingChildrenError', 'RateLimitError']) {
    const moved = Object.assign(new Error('moved'), { name })
    const processor = withCancel(() => Promise.reject(moved), { redis: redisOf(null, '0:enough') })
    await expect(processor(job)).rejects.toBe(moved)
  }
})

it('nobody looks for a request after the job has ended', async () => {
  const redis = redisOf()
  await withCancel(async () => 'done', { redis, everyMs: 10 })(job)
  await vi.advanceTimersByTimeAsync(100)
  expect(redis.hget).toHaveBeenCalledTimes(1)
})
