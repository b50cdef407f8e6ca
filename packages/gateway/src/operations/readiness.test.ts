import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReadiness } from './readiness.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Parts that answer when they are told to, in the order in which they were asked. */
function createParts() {
  const questions: { resolve: () => void; reject: (error: Error) => void }[] = []
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => questions.push({ resolve, reject }))
  const query = async () => {
    await ask()
    return { rows: [{ usage: 0.25 }] }
  }
  return { questions, ask, query }
}

const parts: Record<
  string,
  (parts: ReturnType<typeof createParts>) => [() => Promise<unknown>, unknown, unknown]
> = {
  database: ({ query }) => {
    return [createReadiness({ query } as never).notifyQueueUsage, 0.25, null]
  },
  queue: ({ ask }) => [createReadiness({} as never, ask).queue, true, false],
}

describe.each(Object.entries(parts))('the %s', (_, create) => {
  it('is asked once for all who ask at the same time, and anew afterwards', async () => {
    const made = createParts()
    const [read, good, bad] = create(made)
    const first = Array.from({ length: 100 }, read)
    expect(made.questions).toHaveLength(1)
    made.questions[0]?.resolve()
    expect(await Promise.all(first)).toEqual(Array(100).fill(good))

    const second = [read(), read()]
    expect(made.questions).toHaveLength(2)
    made.questions[1]?.reject(new Error('no'))
    expect(await Promise.all(second)).toEqual([bad, bad])

    const third = read()
    made.questions[2]?.resolve()
    expect(await third).toBe(good)
  })

  it('is asked again after ten seconds without an answer, and a late answer changes nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const made = createParts()
    const [read, good, bad] = create(made)
    for (let secs = 0; secs < 10; secs += 2) {
      const answer = read()
      await vi.advanceTimersByTimeAsync(2_000)
      expect(await answer).toBe(bad)
    }
    expect(made.questions).toHaveLength(1)
    const answer = read()
    expect(made.questions).toHaveLength(2)
    // The newer question is still the one that all share.
    made.questions[0]?.resolve()
    await vi.advanceTimersByTimeAsync(0)
    const other = read()
    expect(made.questions).toHaveLength(2)
    made.questions[1]?.resolve()
    expect(await Promise.all([answer, other])).toEqual([good, good])
  })
})
