import { randomUUID } from 'node:crypto'
import { get, post } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { begin, codeOf, database, dataOf, say, start, url } from './support/workflows-gateway.ts'

describe('what can be asked of a workflow', () => {
  it('one that nobody has taken is cancelled at once; after that nothing changes', async () => {
    const id = await start()
    const cancelled = await post(url, `/workflows/${id}/cancel`, { reason: 'changed my mind' })
    expect(dataOf(cancelled)).toMatchObject({
      status: 'compensated',
      error: 'changed my mind',
      cancel_requested: true,
      steps: [{ status: 'skipped' }, { status: 'skipped' }, { status: 'skipped' }],
    })
    const again = await post(url, `/workflows/${id}/cancel`, { reason: 'once more' })
    expect(dataOf(again)).toEqual(dataOf(cancelled))
    expect(dataOf(await post(url, `/workflows/${id}/retry`, {}))).toMatchObject({
      status: 'created',
      attempt: 1,
      error: null,
      cancel_requested: false,
    })
  })

  it('one that is reported on hears of it with its next report', async () => {
    const id = await begin()
    const { status, cancel_requested } = dataOf(await post(url, `/workflows/${id}/cancel`, {}))
    expect({ status, cancel_requested }).toEqual({ status: 'running', cancel_requested: true })
    const [row] = await say(`step($1, 'build') as answer`, [id])
    expect(row).toEqual({ answer: 'cancel_requested' })
    await say('compensated($1)', [id])
    expect(dataOf(await get(url, `/workflows/${id}`))).toMatchObject({ error: 'cancelled' })
    expect(codeOf(await post(url, `/workflows/${id}/retry`, {}))).toEqual([409, 'CONFLICT'])
  })

  it('one that is undone already has nothing to be cancelled', async () => {
    const id = await begin()
    await say(`step($1, 'build', 'compensated')`, [id])
    const answer = dataOf(await post(url, `/workflows/${id}/cancel`, {}))
    expect(answer).toMatchObject({ status: 'compensating', cancel_requested: false })
  })

  it('what has completed is not done again', async () => {
    const id = await begin()
    await say(`complete($1)`, [id])
    expect(codeOf(await post(url, `/workflows/${id}/retry`, {}))).toEqual([409, 'CONFLICT'])
  })

  it('an event is checked, and kept once per key', async () => {
    const id = await start('told')
    const path = `/workflows/${id}/events/word`
    expect(codeOf(await post(url, path, { payload: 1 }))).toEqual([400, 'INVALID_ARGUMENT'])
    expect(codeOf(await post(url, `/workflows/${id}/events/other`, {}))).toEqual([404, 'NOT_FOUND'])
    const unknown = `/workflows/${randomUUID()}/events/word`
    expect(codeOf(await post(url, unknown, {}))).toEqual([404, 'WORKFLOW_NOT_FOUND'])
    const sending = () =>
      fetch(`${url}/_api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-idempotency-key': 'once' },
        body: JSON.stringify({ payload: 'go' }),
      })
    expect((await sending()).status).toBe(200)
    expect((await sending()).status).toBe(200)
    const events = 'select name, payload from headway.event where run_id = $1'
    expect(await query(database, events, [id])).toEqual([{ name: 'word', payload: 'go' }])
    await post(url, `/workflows/${id}/cancel`, {})
    // The same once more is known; another one comes too late.
    expect((await sending()).status).toBe(200)
    expect(codeOf(await post(url, path, { payload: 'go' }))).toEqual([409, 'CONFLICT'])
  })

  it('events that nobody takes are not collected for ever', async () => {
    const id = await start()
    await query(
      database,
      `insert into headway.event (run_id, name) select $1, 'x' from generate_series(1, 100)`,
      [id],
    )
    const answer = await post(url, `/workflows/${id}/events/x`, {})
    expect(codeOf(answer)).toEqual([429, 'TOO_MANY_EVENTS'])
  })
})
