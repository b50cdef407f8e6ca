import { expect, it } from 'vitest'
import { quiet } from '../../test/support/quiet.ts'
import {
  isWanted,
  type ObservedQueues,
  toNameOf,
  toOrigin,
  toOwnProgress,
  toQueueOf,
  toUnknownOrigin,
} from './observed-queues.ts'

const source = (options: Partial<ObservedQueues['options']> = {}): ObservedQueues => ({
  prefix: 'bull',
  options: { connection: {}, queues: '*', public: false, logs: false, ...options },
})
const origin = (
  options: Partial<ObservedQueues['options']>,
  hasAuth = true,
  data = '{"by":"ann"}',
) => toOrigin(source(options), 'q', '1', { name: 'transcode', data }, hasAuth, quiet)

it.each<[ObservedQueues['options']['queues'], string, boolean]>([
  ['*', 'mail', true],
  [['mail'], 'mail', true],
  [['mail'], 'mail-out', false],
  [[/^mail/], 'mail-out', true],
  [[/^mail/g], 'mail-out', true],
  [[/out$/], 'mail-out', true],
  [[/out$/], 'outer', false],
  [['a', /b/], 'b', true],
])('of %s, the queue %s is observed: %s', (queues, name, expected) => {
  const observed = source({ queues })
  // Twice: a pattern may remember where it stopped.
  expect([isWanted(observed, name), isWanted(observed, name)]).toEqual([expected, expected])
})

it.each([
  ['bull:mail', 'mail'],
  ['bull:', null],
  ['bull:a:b', null],
  ['bulls:mail', null],
  ['other:mail', null],
])('the queue %s of a run has the name %s', (queue, name) => {
  expect(toNameOf(source(), queue)).toBe(name)
  if (name !== null) expect(toQueueOf(source(), name)).toBe(queue)
})

it('a job belongs to its owner; without one, to admins or to everyone', () => {
  const owner = ({ data }: { data: { by?: string } }) => data.by
  expect(origin({ owner })).toMatchObject({ name: 'transcode', owner: 'ann', readers: null })
  expect(origin({ owner: () => null })).toMatchObject({ owner: null, readers: 'admins' })
  expect(origin({ owner, public: true }, true, '{}')).toMatchObject({ readers: 'everyone' })
  expect(origin({})).toMatchObject({ owner: null, readers: 'admins' })
  expect(origin({ public: true })).toMatchObject({ owner: null, readers: 'everyone' })
  // All callers are anonymous, and on this machine.
  expect(origin({}, false)).toMatchObject({ owner: null, readers: null })
})

it('what the app answers is bounded, and its errors leave the job without an owner', () => {
  const fails = () => {
    throw new Error('no')
  }
  expect(origin({ owner: fails, name: fails })).toMatchObject({
    name: 'transcode',
    owner: null,
    readers: 'admins',
  })
  expect(origin({ owner: (() => 7) as never })).toMatchObject({ owner: '7' })
  expect(origin({ name: ({ queue, id }) => `${queue} ${id}` })).toMatchObject({ name: 'q 1' })
  expect(origin({ name: () => '' })).toMatchObject({ name: 'q' })
  expect(origin({ name: () => 'x'.repeat(300) }).name).toHaveLength(256)
  expect(origin({ owner: ({ data }) => data?.by }, true, 'no JSON')).toMatchObject({ owner: null })
})

it.each<[string, () => unknown]>([
  ['an object', () => ({ toString: 1 })],
  ['a list', () => ['ann']],
  ['a promise', async () => 'ann'],
  ['a promise that fails', () => Promise.reject(new Error('no'))],
  ['a truth', () => true],
  ['nothing', () => ''],
  ['a NUL', () => 'a\0b'],
  ['half a character', () => 'a\ud800'],
  ['more than an id may have', () => 'x'.repeat(256)],
  [
    'an error',
    () => {
      throw new Error('no')
    },
  ],
])('an owner that is %s is nobody, and the job for admins though others are public', (_, owner) => {
  const options = { owner: owner as never, public: true }
  expect(origin(options)).toMatchObject({ name: 'transcode', owner: null, readers: 'admins' })
})

it('a name that is no text is that of the job', () => {
  for (const answer of [{ toString: 1 }, Promise.reject(new Error('no')), true]) {
    expect(origin({ name: () => answer as never })).toMatchObject({ name: 'transcode' })
  }
})

it('a job that only events tell of has no owner, and is public only where no job has one', () => {
  const unknown = (options: Partial<ObservedQueues['options']>, hasAuth = true) =>
    toUnknownOrigin(source(options), 'q', 'film', hasAuth)
  expect(unknown({ public: true })).toMatchObject({
    name: 'film',
    owner: null,
    readers: 'everyone',
  })
  expect(unknown({ public: true, owner: () => null })).toMatchObject({ readers: 'admins' })
  expect(unknown({})).toMatchObject({ readers: 'admins' })
  expect(unknown({}, false)).toMatchObject({ readers: null })
  expect(toUnknownOrigin(source(), 'q', null, true).name).toBe('q')
})

it('the progress is what the app says, and nothing when it fails', () => {
  const own = toOwnProgress(source({ progress: (value) => ({ percent: Number(value) }) }), quiet)
  expect(own?.('12')).toEqual({ percent: 12 })
  const failing = toOwnProgress(
    source({
      progress: () => {
        throw new Error('no')
      },
    }),
    quiet,
  )
  expect(failing?.(1)).toBeNull()
  const late = toOwnProgress(source({ progress: (() => Promise.reject(1)) as never }), quiet)
  expect(late?.(1)).toBeNull()
  expect(toOwnProgress(source(), quiet)).toBeNull()
})

it('a job has the title and the tags that the app reads from it', () => {
  const title = ({ data }: { data: { by?: string } }) => `Film of ${data.by}`
  const tags = () => ['video', 'video', 'large']
  expect(origin({ title, tags }).labels).toEqual({
    title: 'Film of ann',
    tags: ['video', 'large'],
  })
  expect(origin({}).labels).toEqual({ title: null, tags: [] })
  expect(origin({ title: () => 'x'.repeat(300) }).labels.title).toHaveLength(200)
  const fails = () => {
    throw new Error('no')
  }
  expect(origin({ title, tags: fails }).labels).toEqual({ title: null, tags: [] })
  expect(origin({ title: () => null, tags: () => undefined }).labels).toEqual({
    title: null,
    tags: [],
  })
  const rejects = () => Promise.reject(new Error('no')) as never
  expect(origin({ title: rejects, tags: rejects }).labels).toEqual({ title: null, tags: [] })
  expect(origin({ tags: () => [7] as never }).labels).toEqual({ title: null, tags: [] })
})
