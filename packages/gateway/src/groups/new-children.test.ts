import fc from 'fast-check'
import { expect, it } from 'vitest'
import { job } from '../app/job.ts'
import { queueJob } from '../app/queue-job.ts'
import { workflow } from '../app/workflow.ts'
import { noLabels } from '../runs/labels.ts'
import { type Places, toItemsText, toNewChildren } from './new-children.ts'

const engines = { engine: { name: 'bullmq', queue: 'own' }, workflowEngine: { name: 'dbos' } }
const parent = '9c0c7a52-7d3e-4f7e-8f0f-1c2d3e4f5a6b'
const load = {
  kind: 'job' as const,
  name: 'load',
  definition: job({ attempts: 3, run: () => null }),
}
const children = (count: number) =>
  Array.from({ length: count }, (_, args) => ({ args, labels: noLabels }))
const idsOf = (count: number, places: Places) =>
  toNewChildren(engines, load, parent, children(count), places).items.map(({ id }) => id)

it('children of the same place have the same id, however they are sent', () => {
  const all = idsOf(5, { from: 0 })
  expect([...idsOf(2, { from: 0 }), ...idsOf(3, { from: 2 })]).toEqual(all)
  expect(new Set(all).size).toBe(5)
})

it('children of another series have other ids', () => {
  const first = idsOf(3, { from: 0, series: 'a' })
  expect(idsOf(3, { from: 0, series: 'b' })).not.toEqual(first)
  // The number in the series counts, not the place among all.
  expect(idsOf(3, { from: 2 ** 32, first: 0, series: 'a' })).toEqual(first)
})

it('a job waits in the queue of the engine, with its options and its task', () => {
  const { engine, queue, options, items } = toNewChildren(engines, load, parent, children(1), {
    from: 4,
  })
  expect({ engine, queue }).toEqual({ engine: 'bullmq', queue: 'own' })
  expect(JSON.parse(options ?? '')).toMatchObject({ attempts: 3 })
  expect(items).toMatchObject([
    { ordinal: 4, task: { id: items[0]?.id, runId: items[0]?.id, args: 0 } },
  ])
})

it('a job of another program waits in its own queue', () => {
  const film = { kind: 'job' as const, name: 'film', definition: queueJob({ queue: 'films' }) }
  const { engine, queue, items } = toNewChildren(engines, film, parent, children(1), { from: 0 })
  expect({ engine, queue }).toEqual({ engine: 'observed', queue: 'bull:films' })
  expect(items[0]?.task?.id).not.toBe(items[0]?.id)
})

it('a workflow has steps, and no task', () => {
  const order = {
    kind: 'workflow' as const,
    name: 'order',
    definition: workflow({ steps: ['pay'], run: () => null }),
  }
  expect(toNewChildren(engines, order, parent, children(1), { from: 0 })).toMatchObject({
    engine: 'dbos',
    queue: null,
    steps: ['pay'],
    items: [{ task: null }],
  })
})

it('the text of the items has all arguments as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (values) => {
      const given = values.map((args) => ({ args, labels: { title: 'a "title"', tags: ['b'] } }))
      const { items } = toNewChildren(engines, load, parent, given, { from: 0 })
      const read = JSON.parse(toItemsText(items))
      expect(read.map(({ args }: { args: unknown }) => args)).toEqual(
        JSON.parse(JSON.stringify(values)),
      )
      expect(read).toEqual(
        items.map(({ id, ordinal }) => expect.objectContaining({ id, ordinal, tags: ['b'] })),
      )
    }),
  )
})
