import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { type Answered, get, post } from '../wire/api.ts'
import { callList, pathOf, runsQuery } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** The status and the code of a refusal, and whether its words have this one. */
function refusalOf({ status, body }: Answered, word: string): unknown[] {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  return [status, error.code, JSON.stringify(error).includes(word) ? word : error]
}

/** Tests of PROTOCOL.md, "Lists": wrong labels of a start, and wrong filters. */
export function describeListsRefused(wire: Wire): void {
  it.for<[string, (tag: string) => object]>([
    ['an empty title', (tag) => ({ title: '', tags: [tag] })],
    ['a title of 201 units', (tag) => ({ title: 'a'.repeat(201), tags: [tag] })],
    ['a title that is no text', (tag) => ({ title: 7, tags: [tag] })],
    ['tags that are no list', (tag) => ({ tags: tag })],
    ['11 tags', (tag) => ({ tags: [tag, ...'abcdefghij'] })],
    ['an empty tag', (tag) => ({ tags: [tag, ''] })],
    ['a tag of 65 units', (tag) => ({ tags: [tag, 'a'.repeat(65)] })],
    ['a tag that is no text', (tag) => ({ tags: [tag, 7] })],
  ])('Lists 1: a start with %s is refused, and nothing starts', async ([_, labels], context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const body = { args: null, ...labels(tag) }
    expect(await wire.refusal('/rpc/scripted', body)).toEqual([400, 'VALIDATION_ERROR'])
    expect((await callList(wire.server.url, { tag })).runs).toEqual([])
  })

  it.for<[string, object]>([
    ['kind', { kind: 'query' }],
    ['status', { status: 'unheard_of' }],
    ['status', { status: ['failed', 'unheard_of'] }],
    ['tag', { tag: '' }],
    ['anyOwner', { anyOwner: 'yes' }],
    ['limit', { limit: 0 }],
    ['limit', { limit: 201 }],
    ['limit', { limit: 1.5 }],
    ['cursor', { cursor: 'nonsense' }],
    ['lable', { lable: 'july' }],
  ])('Lists 2: a wrong %s is refused by its name: %j', async ([member, filter], context) => {
    wire.needs('lists', context)
    const refused = [400, 'INVALID_ARGUMENT', member]
    const { url } = wire.server
    expect(refusalOf(await get(url, pathOf(filter)), member)).toEqual(refused)
    const called = await post(url, `/rpc/${runsQuery}`, { args: filter })
    expect(refusalOf(called, member)).toEqual(refused)
    const item = { ...wire.stream.session, id: 'list', function: runsQuery, args: filter }
    expect(refusalOf(await post(url, '/subscribe', item), member)).toEqual(refused)
  })
}
