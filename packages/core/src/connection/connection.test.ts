import { asyncScheduler, map, NEVER, Observable, timer } from 'rxjs'
import { type RunHelpers, TestScheduler } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { deafListener } from '../../test/support/deaf-listener.ts'
import { RpcError } from '../errors.ts'
import { type ResolvedOptions, resolveOptions } from '../options.ts'
import type { Frame } from '../protocol/server-event.ts'
import { createCapabilities } from '../rpc/capabilities.ts'
import type { Transport } from '../rpc/transport.ts'
import { toObservable } from '../store/store.ts'
import { createConnection } from './connection.ts'
import type { OpenStream } from './event-stream.ts'

const frame = (event: string, body: object): Frame => ({ event, data: JSON.stringify(body) })
/**
 * `c`onnected, `p`ing, `u`pdate, an unknown event (`z`), a malformed one (`y`), session e`x`pired.
 */
const connected = { type: 'connected', session_id: 's', session_secret: 'x' }
const signals = {
  c: frame('connected', connected),
  p: null,
  u: frame('update', { type: 'update', target: 'job:1', payload: {} }),
  z: frame('novelty', { type: 'novelty' }),
  y: { event: 'error', data: '{ not json' },
  x: frame('error', { type: 'error', target: 'session', code: 'SESSION_EXPIRED', message: 'old' }),
}

const toTransport = (options: ResolvedOptions): Transport => ({
  options,
  token: {
    ask: async () => null,
    renew: async () => null,
    change: async () => null,
    close: () => undefined,
  },
  capabilities: createCapabilities(),
  isClosed: () => false,
  pending: new Set(),
})

const toOptions = (chance: number): ResolvedOptions => ({
  ...resolveOptions({ url: 'http://gateway', random: () => chance }),
  elapsed: () => asyncScheduler.now(),
})

/**
 * Opens streams from marble diagrams. As on the wire, the bytes of a frame come before the frame.
 */
const play =
  (open: () => Observable<Frame | null>): OpenStream =>
  (_api, { onSent }, onFrame) =>
    new Observable((subscriber) => {
      onSent(null)
      return open().subscribe({
        next(signal) {
          subscriber.next()
          if (signal) onFrame(signal.event, signal.data)
          if (signal?.event === 'connected') subscriber.next()
        },
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      })
    })

const virtual = (): TestScheduler =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected))

/**
 * A connection that is wanted at 0 and closed at `closesAtMs`. The n-th opening gets the n-th
 * diagram. Each wait is 0.004 of its bound: 8 ms, 16 ms, 32 ms… after an end.
 */
function connect(
  { cold }: Pick<RunHelpers, 'cold'>,
  diagrams: string[],
  {
    error,
    closesAtMs = 100,
    ...options
  }: Partial<ResolvedOptions> & { error?: unknown; closesAtMs?: number } = {},
) {
  const streams = diagrams.map((diagram) => cold(diagram, signals, error))
  const targets: string[] = []
  let opened = 0
  const connection = createConnection(
    toTransport({ ...toOptions(0.004), ...options }),
    {
      ...deafListener,
      onUpdate: (data) => targets.push(JSON.parse(data).target),
    },
    play(() => streams[opened++] ?? NEVER),
  )
  const statuses$ = toObservable(connection.state).pipe(map(({ status }) => status.charAt(0)))
  connection.dispatch({ type: 'wanted' })
  timer(closesAtMs).subscribe(() => connection.dispatch({ type: 'closed' }))
  return { connection, streams, targets, statuses$ }
}

describe('backoff', () => {
  it('reopens after each end, and waits longer each time while nothing gets in sync', () => {
    virtual().run(({ cold, expectObservable, expectSubscriptions }) => {
      const { streams, statuses$ } = connect({ cold }, ['-c-|', '-c-|', '-c--'])
      const subscriptions = ['^--!', '11ms ^--!', '30ms ^ 69ms !']
      // c is `connecting` at first and `closed` at the end, o is `open`, w is `waiting`.
      const expected = 'co-w 7ms co-w 15ms co 68ms c'
      expectObservable(statuses$).toBe(expected)
      streams.forEach((stream, index) => {
        expectSubscriptions(stream.subscriptions).toBe(subscriptions[index] ?? '')
      })
    })
  })

  it('starts from the shortest wait again once a stream has lasted with everything in sync', () => {
    virtual().run(({ cold, expectObservable }) => {
      const diagrams = ['-c-|', '-c 5s |', '-c--']
      const { connection, statuses$ } = connect({ cold }, diagrams, { closesAtMs: 6_000 })
      timer(13).subscribe(() => connection.dispatch({ type: 'synced' }))
      expectObservable(statuses$).toBe('co-w 7ms coo 4999ms w 3ms co 981ms c')
    })
  })

  it('keeps doubling the wait if the streams get in sync but do not last', () => {
    virtual().run(({ cold, expectObservable }) => {
      const { connection, statuses$ } = connect({ cold }, ['-c-|', '-c-|', '-c--'])
      timer(13).subscribe(() => connection.dispatch({ type: 'synced' }))
      expectObservable(statuses$).toBe('co-w 7ms coow 15ms co 68ms c')
    })
  })

  it('waits no longer than it has waited so far, from the fourth attempt on', () => {
    virtual().run(({ cold, expectObservable }) => {
      const diagrams = ['-#', '-#', '-#', '-#', '-#', '-c--']
      const { statuses$ } = connect({ cold }, diagrams, { random: () => 0.5, closesAtMs: 6_000 })
      // With doubling alone, the last three waits are 2 s, 4 s and 8 s.
      expectObservable(statuses$).toBe('cw 499ms cw 999ms cw 999ms cw 1249ms cw 1874ms co 368ms c')
    })
  })

  it('waits as long as an overloaded server asks', () => {
    const fields = { code: 'SSE_AT_CAPACITY', status: 503, retryAfterMs: 50, details: null }
    const error = new RpcError('full', fields)
    virtual().run(({ cold, expectObservable }) => {
      const { statuses$ } = connect({ cold }, ['--#', '-c--'], { error })
      expectObservable(statuses$).toBe('c-w 49ms co 46ms c')
    })
  })

  it('connects at once on `reconnectRequested` and stops the timer', () => {
    virtual().run(({ cold, expectObservable }) => {
      const { connection, statuses$ } = connect({ cold }, ['-c-|', '-c--'])
      timer(5).subscribe(() => connection.dispatch({ type: 'reconnectRequested' }))
      expectObservable(statuses$).toBe('co-w-co 93ms c')
    })
  })
})

describe('the reason of a wait', () => {
  const reasonAfter = (diagram: string, options: Partial<ResolvedOptions> = {}): unknown => {
    let reason: unknown
    virtual().run(({ cold, flush }) => {
      const { connection } = connect({ cold }, [diagram], options)
      connection.state.subscribe(() => {
        const state = connection.state.getSnapshot()
        if (state.status === 'waiting') reason ??= state.reason
      })
      flush()
    })
    return reason
  }

  it.each<[string, string, Partial<ResolvedOptions>, string]>([
    ['the server ends the stream', '-c-|', {}, 'ended'],
    ['the network fails', '-c-#', {}, 'network'],
    ['nothing comes after connected', '-c---', { pingMs: 10, pingGraceMs: 10 }, 'silence'],
    ['the pings stop', '-cp-p-p---', { pingMs: 10, pingGraceMs: 10 }, 'silence'],
    ['only pings come, no connected', 'p-p-p-p-p-p-p-p', { connectTimeoutMs: 9 }, 'timeout'],
    ['the server ends the session', '-c-x', {}, 'session_lost'],
  ])('when %s', (_, diagram, options, expected) => {
    expect(reasonAfter(diagram, options)).toBe(expected)
  })

  it('is not `silence` while pings come', () => {
    expect(reasonAfter('-c 8ms p 8ms p 8ms p 80ms p', { pingMs: 5, pingGraceMs: 5 })).toBe(
      'silence',
    )
    const alive = `-c${' 8ms p'.repeat(12)}`
    expect(reasonAfter(alive, { pingMs: 5, pingGraceMs: 5 })).toBeUndefined()
  })

  it.each([
    ['longer', 5],
    ['shorter', 60],
  ])(
    'is `silence` by the server’s own ping interval, which is %s than the default',
    (_, pingMs) => {
      virtual().run(({ cold, expectObservable }) => {
        const options = { pingMs, pingGraceMs: 20, connectTimeoutMs: 5 }
        const source = cold('-c', { c: frame('connected', { ...connected, ping_secs: 0.01 }) })
        const connection = createConnection(
          toTransport({ ...toOptions(0.5), ...options }),
          deafListener,
          play(() => source),
        )
        connection.dispatch({ type: 'wanted' })
        timer(40).subscribe(() => connection.dispatch({ type: 'closed' }))
        const statuses$ = toObservable(connection.state).pipe(map(({ status }) => status.charAt(0)))
        // Fails 30 ms after `connected`: a ping interval of 10 ms and 20 ms of grace.
        expectObservable(statuses$).toBe('co 29ms w 8ms c')
      })
    },
  )
})

it('passes on the updates of targets, and ignores unknown and malformed events', () => {
  virtual().run(({ cold, flush }) => {
    const { connection, targets } = connect({ cold }, ['-c-u-z-y-u-'])
    flush()
    expect(targets).toEqual(['job:1', 'job:1'])
    expect(connection.state.getSnapshot().status).toBe('closed')
  })
})
