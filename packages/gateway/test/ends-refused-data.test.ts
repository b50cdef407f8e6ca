import { defineWorkflow } from '@headway/core'
import { describe, expect, it } from 'vitest'
import {
  begin,
  beginWorkflow,
  board,
  client,
  effects,
  endOfJob,
  endOfWorkflow,
  gates,
  proxy,
  refuse,
} from './support/refused-ends.ts'

/** Errors that the data itself causes. */
const final = ['21000', '22P02', '22003', '22021', '23503', '23505', '23514']

describe('a job whose worker loses an answer before it runs', () => {
  it.each([
    ['once', 1],
    ['once', 3],
    ['fails', 1],
  ] as const)('%s: runs as its first attempt, however often: %i', async (name, times) => {
    const refusals = [/-- A worker takes the run/, /-- The handler of an attempt/].map((kind) =>
      proxy.refuse({ matches: (statement) => kind.test(statement), state: 'cut', times }),
    )
    const { handle, id, goOn } = await begin(name)
    expect(refusals.map(({ times }) => times)).toEqual([0, 0])
    goOn()
    await handle.result.catch(() => undefined)
    const status = name === 'once' ? 'completed' : 'failed'
    expect(handle.getSnapshot()).toMatchObject({ status, attempt: 1 })
    expect(effects.get(id)).toBe(1)
  })
})

it('a workflow whose worker loses the answer of its claim runs all the same', async () => {
  const matches = (statement: string): boolean =>
    /-- Takes runs without an executor/.test(statement)
  const refused = proxy.refuse({ matches, state: '40001', times: Number.POSITIVE_INFINITY })
  const handle = client.start(defineWorkflow('steps'), null)
  const id = () => handle.getSnapshot().workflowId
  await expect.poll(id).not.toBe('')
  // It is there by now, for the next claim.
  const lost = proxy.refuse({ matches, state: 'cut', times: 1 })
  refused.times = 0
  await expect.poll(() => gates.has(id())).toBe(true)
  expect(lost.times).toBe(0)
  gates.get(id())?.()
  expect(await handle.result).toBe(2)
  expect(effects.get(id())).toBe(2)
})

describe('errors of the data', () => {
  it.for(final)('%s: the job fails, without more attempts than declared', async (state) => {
    const { handle, id, goOn } = await begin('once')
    refuse(endOfJob, id, state, 1)
    goOn()
    await expect(handle.result).rejects.toThrow('The output could not be stored')
    expect(handle.getSnapshot()).toMatchObject({ status: 'failed', attempt: 1 })
    expect(effects.get(id)).toBe(1)
  })

  it.for(final)('%s: the workflow fails, and its steps are shown as they ended', async (state) => {
    const { handle, id, goOn } = await beginWorkflow()
    for (const kind of [board, endOfWorkflow]) refuse(kind, id, state, 1)
    goOn()
    await expect(handle.result).rejects.toThrow('The output could not be stored')
    expect(handle.getSnapshot().steps.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ])
    expect(effects.get(id)).toBe(2)
  })
})
