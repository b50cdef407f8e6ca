import { describe, expect, it } from 'vitest'
import { jobCell, jobSnapshot } from '../../test/support/cells.ts'
import { createVirtualTime } from '../../test/support/virtual-time.ts'
import type { BatchAnswer } from '../protocol/envelopes.ts'
import { createStreamAnswers } from './stream-answers.ts'

/** Answers of a stream, and a text for each that was heard. */
function create() {
  const heard: string[] = []
  const time = createVirtualTime()
  const { scheduler } = time
  const answers = createStreamAnswers(
    { answerTimeoutMs: 30_000, scheduler },
    {
      onAnswers(cells, taken) {
        cells.forEach((cell, index) => {
          answers.settle(cell)
          heard.push(`${cell.item.id} ${taken[index]?.type}`)
        })
      },
      onLeft(cells) {
        for (const cell of cells) heard.push(`${cell.item.id} left`)
      },
      onUnexpected: ({ kind, id }) => void heard.push(`${kind} ${id} unexpected`),
    },
  )
  return { ...time, answers, heard }
}

const answered = (id: string): BatchAnswer => {
  return { kind: 'job', id, success: true, data: jobSnapshot({ job_id: id }) }
}

const refused = (id: string, code: string, retry_after_secs?: number): BatchAnswer => {
  const error = { code, message: 'no', ...(retry_after_secs !== undefined && { retry_after_secs }) }
  return { kind: 'job', id, success: false, error }
}

const noRoom = (id: string): BatchAnswer => refused(id, 'SERVICE_UNAVAILABLE', 0)

describe('[protocol] Registrations in the stream 2: answers come', () => {
  it('in several events, in any order', () => {
    const { answers, heard } = create()
    answers.expect(['a', 'b', 'c'].map(jobCell))
    answers.take([answered('c')])
    answers.take([refused('b', 'JOB_NOT_FOUND'), answered('a')])
    expect(heard).toEqual(['c answered', 'b missed', 'a answered'])
  })

  it('once: a second answer is told apart', () => {
    const { answers, heard } = create()
    answers.expect([jobCell('a')])
    answers.take([answered('a')])
    answers.take([refused('a', 'FORBIDDEN')])
    expect(heard).toEqual(['a answered', 'job a unexpected'])
  })

  it('for each request: a job is known by its kind and id', () => {
    const { answers, heard } = create()
    answers.expect([jobCell('a')])
    answers.take([
      { kind: 'workflow', id: 'a', success: false, error: { code: 'NO', message: 'no' } },
      { id: 'a', success: true, data: null },
    ])
    expect(heard).toEqual(['workflow a unexpected'])
    answers.take([answered('a')])
    expect(heard).toEqual(['workflow a unexpected', 'a answered'])
  })

  it('for what no cell waits for', () => {
    const { answers, heard } = create()
    answers.take([answered('a'), refused('b', 'FORBIDDEN')])
    expect(heard).toEqual(['job a unexpected', 'job b unexpected'])
  })
})

describe('[protocol] Registrations in the stream 3: an item without room', () => {
  it('is left for a batch, if the stream has answered another one since it was sent', () => {
    const { answers, heard } = create()
    answers.expect(['a', 'b', 'c'].map(jobCell))
    answers.take([noRoom('b'), answered('a')])
    answers.take([noRoom('c')])
    expect(heard).toEqual(['a answered', 'b left', 'c left'])
  })

  it('has failed, if it has not: sent again at once, it would be refused without end', () => {
    const { answers, heard } = create()
    answers.expect([jobCell('a')])
    answers.take([answered('a')])
    answers.expect([jobCell('b')])
    answers.take([noRoom('b')])
    expect(heard).toEqual(['a answered', 'b failed'])
  })
})

describe('[protocol] Registrations in the stream 5: an answer that does not come', () => {
  it('has failed after 30 s, while each other request has its own time', async () => {
    const { answers, heard, advance } = create()
    answers.expect(['a', 'b'].map(jobCell))()
    await advance(20_000)
    answers.expect([jobCell('c')])()
    answers.take([answered('a')])
    await advance(9_999)
    expect(heard).toEqual(['a answered'])
    await advance(1)
    expect(heard).toEqual(['a answered', 'b failed'])
    await advance(20_000)
    expect(heard).toEqual(['a answered', 'b failed', 'c failed'])
  })

  it('is not waited for before it is known that it comes in the stream', async () => {
    const { answers, heard, advance, timers } = create()
    const limit = answers.expect([jobCell('a')])
    expect(timers()).toBe(0)
    await advance(60_000)
    limit()
    await advance(29_999)
    expect(heard).toEqual([])
    await advance(1)
    expect(heard).toEqual(['a failed'])
  })

  it('leaves no timer once all are there, nor after close()', () => {
    const { answers, timers } = create()
    answers.expect(['a', 'b'].map(jobCell))()
    answers.take([answered('a'), answered('b')])
    expect(timers()).toBe(0)
    const limit = answers.expect([jobCell('c')])
    answers.expect([jobCell('d')])()
    expect(timers()).toBe(1)
    answers.close()
    limit()
    expect(timers()).toBe(0)
  })
})
