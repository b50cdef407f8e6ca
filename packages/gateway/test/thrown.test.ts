import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { memoryWorkflowEngine } from './support/memory-workflow-engine.ts'
import {
  begin,
  call,
  each,
  end,
  expectShown,
  logged,
  rpc,
  sendForm,
  start,
  startAll,
  throwFromAuthorize,
  throws,
  unhandled,
  url,
} from './support/throwing-app.ts'
import { thrownThings } from './support/thrown-things.ts'

describe.each([
  ['masked', true, dbos],
  ['shown', false, memoryWorkflowEngine],
] as const)('what is thrown is %s', (_, maskErrors, engine) => {
  const masked = (sentence: string): string | null => (maskErrors ? sentence : null)
  beforeAll(() => begin(engine(), maskErrors))
  afterAll(end)
  afterEach(async () => {
    logged.length = 0
    expect(unhandled.splice(0)).toEqual([])
    const next = await start('next', null)
    await expect
      .poll(async () => JSON.parse((await call(`/jobs/${next}`)).text).data.status)
      .toBe('completed')
  })

  it('by a job, which has all its attempts', async () => {
    each(await startAll('throwing'), ({ id, status, error, attempt }, thing, index) => {
      const lines = logged.filter((line) => line.includes(id)).map((line) => JSON.parse(line))
      const whole = lines.map(({ msg, attempt, err }) => [msg, attempt, typeof err.message])
      const faults = [
        ['the job failed; trying again', 1, 'string'],
        ['the job failed', 2, 'string'],
      ]
      expect(whole, thing.name).toEqual(thing.isForUsers ? [] : faults)
      for (const { err } of lines) expect(err.message.length).toBeLessThanOrEqual(100_000)
      expect({ status, attempt }, thing.name).toEqual({ status: 'dead_letter', attempt: 2 })
      expect(throws.get(`job ${index}`), thing.name).toBe(2)
      expectShown(error, thing, masked('The job failed'))
    })
  })

  it('by a step, which has all its attempts', async () => {
    each(await startAll('inStep'), ({ status, error, step }, thing, index) => {
      expect(status, thing.name).toBe('failed')
      expect(throws.get(`step ${index}`), thing.name).toBe(2)
      expectShown(step, thing, masked('The step failed'))
      expect(error).toBe(step)
    })
  })

  it('by a step that is optional: its workflow goes on', async () => {
    each(await startAll('inOptional'), ({ status, step }, thing) => {
      expect(status, thing.name).toBe('completed')
      expectShown(step, thing, masked('The step failed'))
    })
  })

  it('by a step that its workflow does not wait for', async () => {
    each(await startAll('floating'), ({ status }, thing, index) => {
      expect(status, thing.name).toBe('completed')
      expect(throws.get(`floating ${index}`), thing.name).toBe(1)
    })
  })

  it('by a workflow between its steps', async () => {
    each(await startAll('inWorkflow'), ({ status, error }, thing, index) => {
      expect(status, thing.name).toBe('failed')
      expect(throws.get(`workflow ${index}`), thing.name).toBe(1)
      expectShown(error, thing, masked('The workflow failed'))
    })
  })

  it('by the compensation of a step', async () => {
    each(await startAll('inUndo'), ({ status, error, step }, thing, index) => {
      expect({ status, error }, thing.name).toEqual({
        status: 'failed',
        error: 'no more; not undone: a',
      })
      expect(throws.get(`undo ${index}`), thing.name).toBe(2)
      expectShown(step, thing, masked('The step could not be undone'))
    })
  })

  it('by a query that is called', async () => {
    for (const [index, thing] of thrownThings.entries()) {
      const { status, code, message } = await rpc('asking', index)
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expect(code).toBe(thing.isForUsers ? 'REFUSED' : 'SUBSCRIPTION_FAILED')
      expectShown(message, thing, masked('The query failed'))
    }
  })

  it('by watched queries: each gets its own answer', async () => {
    const stream = await fetch(`${url}/_api/events?client=headway.1`, {
      headers: { 'x-user': 'ann' },
    })
    const reader = stream.body?.getReader()
    const chunk = new TextDecoder().decode((await reader?.read())?.value)
    const connected = JSON.parse(/^data: (.*)$/m.exec(chunk)?.[1] ?? '')
    const { session_id, session_secret } = connected
    const items = thrownThings.map((_, index) => ({
      kind: 'query',
      id: `q${index}`,
      function: 'asking',
      args: { index },
    }))
    const body = JSON.stringify({ session_id, session_secret, items })
    const { status, text } = await call('/subscribe-batch', { method: 'POST', body })
    expect(status).toBe(200)
    each(JSON.parse(text).data as { error: { message: string } }[], ({ error }, thing) =>
      expectShown(error.message, thing, masked('The query failed')),
    )
    await reader?.cancel()
  })

  it.each(['changing', 'uploading'] as const)('by a mutation: %s', async (name) => {
    for (const [index, thing] of thrownThings.entries()) {
      const form = new FormData()
      form.set('_json', JSON.stringify({ index }))
      const { status, message, text } =
        name === 'changing' ? await rpc(name, index) : await sendForm(name, form)
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expect(text.length).toBeLessThan(10_000)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })

  it('by authenticate', async () => {
    for (const [index, thing] of thrownThings.entries()) {
      const headers = { 'x-throw': String(index) }
      const { status, message } = await call('/rpc/next', { method: 'POST', body: '{}', headers })
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })

  it('by authorize', async () => {
    const id = await start('next', null)
    for (const [index, thing] of thrownThings.entries()) {
      throwFromAuthorize(index)
      const { status, message } = await call(`/jobs/${id}`, { headers: { 'x-user': 'bob' } })
      expect(status, thing.name).toBe(thing.isForUsers ? 422 : 500)
      expectShown(message, thing, masked('Something went wrong'))
    }
  })
})
