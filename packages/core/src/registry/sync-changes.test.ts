import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '../connection/connection-model.ts'
import { idleConnection } from '../connection/connection-state.ts'
import { jobKind } from '../kinds/job-kind.ts'
import type { Sync } from '../state/sync.ts'
import {
  isReady,
  syncOnDoubt,
  syncOnFailure,
  syncOnFresh,
  syncOnSession,
  syncWithoutSession,
  toUnwatched,
} from './sync-changes.ts'

/*
 * Each row begins with a sync of the time 1; what happens, happens at 9. The connection was lost at
 * 5.
 */

type Status = Sync['status']

const before: Record<Status, Sync> = {
  connecting: { status: 'connecting', since: 1, reason: null },
  live: { status: 'live', since: 1, reason: null },
  'catching-up': { status: 'catching-up', since: 1, reason: null },
  stale: { status: 'stale', since: 1, reason: 'silence' },
  refused: { status: 'refused', since: 1, reason: 'FORBIDDEN' },
}
const statuses = Object.keys(before) as Status[]

const trying = { attempt: 1, lostAt: 5, short: 0, lost: 0, waitedMs: 0, serverWaitMs: 0 }
const asked = { reasons: [], isWanted: true }
const connections = {
  idle: idleConnection,
  connecting: { status: 'connecting', ...trying },
  open: { status: 'open', attempt: 0, tried: 1, openedAt: 5, short: 0, lost: 0, waitedMs: 0 },
  waiting: { status: 'waiting', ...trying, retryAt: 20, reason: 'network' },
  'waiting, never connected': {
    ...{ status: 'waiting', ...trying, retryAt: 20, reason: 'network' },
    lostAt: null,
  },
  paused: { status: 'paused', ...trying, ...asked },
  closed: { status: 'closed', ...trying, ...asked, reason: 'close' },
  unauthorized: { status: 'closed', ...trying, ...asked, reason: 'unauthorized' },
} satisfies Record<string, ConnectionState>

/** A sync as text, such as `stale 5 network`; `same` for the very same object. */
const toText = (next: Sync, sync: Sync): string =>
  next === sync
    ? 'same'
    : [next.status, next.since, next.reason].filter((part) => part !== null).join(' ')

describe('the sync without a session', () => {
  const lost = (reason: string, at: number): Record<Status, string> => ({
    connecting: `connecting 1 ${reason}`,
    live: `stale ${at} ${reason}`,
    'catching-up': `stale ${at} ${reason}`,
    stale: `stale 1 ${reason}`,
    refused: 'same',
  })
  const ended = (reason: string): Record<Status, string> => ({
    ...lost(reason, 9),
    connecting: `stale 9 ${reason}`,
  })
  const unchanged = Object.fromEntries(statuses.map((status) => [status, 'same']))

  it.each<[keyof typeof connections, Record<string, string>]>([
    ['idle', unchanged],
    ['connecting', unchanged],
    ['open', unchanged],
    ['waiting', lost('network', 5)],
    ['waiting, never connected', lost('network', 9)],
    ['paused', lost('paused', 5)],
    ['closed', ended('closed')],
    ['unauthorized', ended('unauthorized')],
  ])('of a connection that is %s', (name, expected) => {
    const texts = statuses.map((status) => {
      const sync = before[status]
      return [status, toText(syncWithoutSession(connections[name], sync, 9), sync)]
    })
    expect(Object.fromEntries(texts)).toEqual(expected)
  })
})

describe('the sync', () => {
  it.each<[string, (sync: Sync) => Sync, Record<Status, string>]>([
    [
      'on a session whose answer is still to come',
      (sync) => syncOnSession(sync, 9, null),
      {
        connecting: 'connecting 9',
        live: 'catching-up 9',
        'catching-up': 'catching-up 9',
        stale: 'catching-up 9',
        refused: 'connecting 9',
      },
    ],
    [
      'on a session of a server that cannot read changes',
      (sync) => syncOnSession(sync, 9, 'database'),
      {
        connecting: 'connecting 9 database',
        live: 'stale 9 database',
        'catching-up': 'stale 9 database',
        stale: 'stale 9 database',
        refused: 'connecting 9 database',
      },
    ],
    [
      'after a registration that failed',
      (sync) => syncOnFailure(sync, 9, 'HTTP_500'),
      {
        connecting: 'connecting 1 HTTP_500',
        live: 'same',
        'catching-up': 'stale 9 HTTP_500',
        stale: 'stale 1 HTTP_500',
        refused: 'stale 9 HTTP_500',
      },
    ],
    [
      'while the server cannot read changes',
      (sync) => syncOnDoubt(sync, 9, 'database'),
      {
        connecting: 'connecting 1 database',
        live: 'stale 9 database',
        'catching-up': 'stale 9 database',
        stale: 'stale 1 database',
        refused: 'same',
      },
    ],
    [
      'once the server can read changes again, if it is stale for another reason',
      (sync) => syncOnFresh(sync, 9, 'database', false),
      { connecting: 'same', live: 'same', 'catching-up': 'same', stale: 'same', refused: 'same' },
    ],
    [
      'once the server can read changes again',
      (sync) => syncOnFresh(sync, 9, 'silence', false),
      { connecting: 'same', live: 'same', 'catching-up': 'same', stale: 'live 9', refused: 'same' },
    ],
    [
      'once the server can read changes again, while an answer is still to come',
      (sync) => syncOnFresh(sync, 9, 'silence', true),
      {
        connecting: 'same',
        live: 'same',
        'catching-up': 'same',
        stale: 'catching-up 9',
        refused: 'same',
      },
    ],
  ])('%s', (_, change, expected) => {
    const texts = statuses.map((status) => [status, toText(change(before[status]), before[status])])
    expect(Object.fromEntries(texts)).toEqual(expected)
  })
})

describe('the view of a handle that stops following', () => {
  const running = jobKind.toFold('j', false).view
  const completed = jobKind.reduce(jobKind.toFold('j', false), {
    type: 'updated',
    snapshot: { job_id: 'j', status: 'completed', output: null, error: null },
  }).view as typeof running

  it.each<[Status, string]>([
    ['connecting', 'same'],
    ['live', 'stale 9 unwatched'],
    ['catching-up', 'stale 9 unwatched'],
    ['stale', 'same'],
    ['refused', 'same'],
  ])('while it is %s', (status, expected) => {
    const view = { ...running, sync: before[status] }
    const next = toUnwatched(jobKind, view, () => 9)
    expect(next === view ? 'same' : toText(next.sync, view.sync)).toBe(expected)
  })

  it('stays as it is once the run has ended', () => {
    const view = { ...completed, sync: before.live }
    expect(toUnwatched(jobKind, view, () => 9)).toBe(view)
  })
})

it.each<[boolean, Status, boolean]>([
  [true, 'connecting', false],
  [true, 'live', true],
  [true, 'catching-up', true],
  [true, 'stale', true],
  [true, 'refused', true],
  [false, 'connecting', true],
])('a view that is loading (%s) and %s is ready: %s', (loading, status, expected) => {
  expect(isReady({ loading, sync: before[status] })).toBe(expected)
})
