import { describe, expect, it } from 'vitest'
import { RpcError } from '../errors.ts'
import { createBatchSize } from './batch-size.ts'
import type { RegistrationAnswer } from './registration-answer.ts'

const failed = (status: number, retryAfterMs: number | null = null): RegistrationAnswer => ({
  type: 'failed',
  error: new RpcError('no', { code: 'NO', status, retryAfterMs }),
})

/** `o`k, `l`eft over, `f`ailed, `b`usy, `t`oo many requests, `r`efused. */
const answers = {
  o: { type: 'answered', snapshot: null },
  l: failed(429, 0),
  f: failed(500),
  b: failed(503),
  t: failed(429, 1_000),
  r: { type: 'refused', error: new RpcError('no', { code: 'FORBIDDEN', status: 403 }) },
} satisfies Record<string, RegistrationAnswer>

const toAnswers = (text: string): RegistrationAnswer[] =>
  [...text].map((letter) => answers[letter as keyof typeof answers])

describe('the size of the next batch', () => {
  it.each<[string, batches: string[], sizes: number[]]>([
    ['starts at maxBatch, and stays there', ['oooo', 'oooo'], [16, 16]],
    ['does not change with the first batch that fails: it may be the network', ['ff'], [16]],
    [
      'halves with each later one, down to one',
      [16, 16, 8, 4, 2, 1].map((count) => 'f'.repeat(count)),
      [16, 8, 4, 2, 1, 1],
    ],
    ['does not change when one item alone fails: it is found', ['ff', 'f', 'f'], [16, 16, 16]],
    ['is half of a small batch that fails twice', ['ffff', 'ffff', 'ff'], [16, 2, 1]],
    [
      'halves with each of the batches that failed together',
      ['f'.repeat(16), 'f'.repeat(16), 'f'.repeat(16)],
      [16, 8, 4],
    ],
    ['does not change when one item of a batch succeeds', ['fo', 'fo', 'fo'], [16, 16, 16]],
    ['does not change when one item is refused', ['fr', 'fr'], [16, 16]],
    ['does not change while the server is busy', ['bb', 'tt', 'bb', 'tt'], [16, 16, 16, 16]],
    [
      'is what an answer had room for, then one more each time',
      ['ooolll', 'ooo', 'oooo'],
      [3, 4, 5],
    ],
    ['grows to maxBatch, and no further', ['ooooooooooooooolll', 'o', 'o'], [15, 16, 16]],
    ['is what an answer had room for, also the second time', ['oooll', 'ol'], [3, 1]],
    ['does not change when there was no room for any item', ['lll'], [16]],
    ['is what fits, or less after failures', ['ooolll', 'fff', 'ffff', 'ff'], [3, 4, 2, 1]],
  ])('%s', (_, batches, sizes) => {
    const batchSize = createBatchSize(16)
    const seen = batches.map((text) => {
      batchSize.learn(toAnswers(text))
      return batchSize.next()
    })
    expect(seen).toEqual(sizes)
  })

  it('is maxBatch again after reset()', () => {
    const batchSize = createBatchSize(16)
    for (const text of ['ffff', 'ffff']) batchSize.learn(toAnswers(text))
    expect(batchSize.next()).toBe(2)
    batchSize.reset()
    expect(batchSize.next()).toBe(16)
  })
})

describe('the items that an answer had no room for', () => {
  it.each<[string, number[]]>([
    ['oooo', []],
    ['ooll', [2, 3]],
    ['lolo', [0, 2]],
    // A server that has room for nothing is busy: each item waits as a failed one.
    ['llll', []],
    ['', []],
    // One that says how long to wait has failed.
    ['ot', []],
    ['of', []],
  ])('of %j are %j', (text, left) => {
    expect([...createBatchSize(16).learn(toAnswers(text))]).toEqual(left)
  })
})
