import { setTimeout as wait } from 'node:timers/promises'
import { now } from '../gateway/readers.ts'
import { toAddress } from './addresses.ts'
import { peers } from './peers.ts'
import { createScreen, type Screen } from './screen.ts'

/*
 * Many clients of one peer, in one process: each with its own address, connection and screen.
 */

/** An order to the clients. Each is answered when it is done, or when its time is up. */
export type ClientsOrder =
  /** Opens clients, and waits until each has shown every job. */
  | {
      type: 'open'
      port: number
      first: number
      clients: number
      jobIds: string[]
      withinMs: number
    }
  /** Waits until each client has shown the end of every job. */
  | { type: 'settle'; withinMs: number }

/** The screens of these clients, counted. */
export interface ClientsDone {
  clients: number
  /** Jobs with a state, and jobs with an end, over all clients. */
  shown: number
  ends: number
  /** States that were older than one before, and the clients that showed any. */
  backwards: number
  unsteady: number
  /** The time of the newest first state or end. */
  at: number
  /** For each job, the times at which a client showed its end first. */
  endedAt: number[][]
}

/** Clients that are opened at the same time, and the pause after them: 400 a second. */
const together = 20
const pauseMs = 50

const [name = ''] = process.argv.slice(2)
const screens: Screen[] = []
let endedAt: number[][] = []
let shown = 0
let ends = 0
let at = now()
let check = (): void => undefined

process.on('disconnect', () => process.exit())
process.on('message', async (order: ClientsOrder) => {
  if (order.type === 'open') await open(order)
  await reach(order)
  process.send?.(count())
})

async function open(order: ClientsOrder & { type: 'open' }): Promise<void> {
  const { port, first, clients, jobIds } = order
  endedAt = jobIds.map(() => [])
  for (let client = first; client < first + clients; client += 1) {
    const screen = createScreen()
    screens.push(screen)
    peers[name]?.open(`http://${toAddress(client)}:${port}`, jobIds, (jobId, state) => {
      const before = { shown: screen.shown, ends: screen.ends }
      screen.show(jobId, state)
      if (screen.ends > before.ends) endedAt[jobIds.indexOf(jobId)]?.push(now())
      note(screen.shown - before.shown, screen.ends - before.ends)
    })
    if (screens.length % together === 0) await wait(pauseMs)
  }
}

function note(moreShown: number, moreEnds: number): void {
  if (moreShown + moreEnds === 0) return
  shown += moreShown
  ends += moreEnds
  at = now()
  check()
}

/** Resolves when all screens are where the order wants them, or when its time is up. */
async function reach({ type, withinMs }: ClientsOrder): Promise<void> {
  const timeUp = new AbortController()
  const isReached = (): boolean =>
    (type === 'open' ? shown : ends) === screens.length * endedAt.length
  const reached = new Promise<void>((resolve) => {
    check = () => void (isReached() && resolve())
  })
  check()
  await Promise.race([reached, wait(withinMs, null, { signal: timeUp.signal })])
  timeUp.abort()
}

function count(): ClientsDone {
  let backwards = 0
  let unsteady = 0
  for (const screen of screens) {
    backwards += screen.backwards
    if (screen.backwards > 0) unsteady += 1
  }
  return { clients: screens.length, shown, ends, backwards, unsteady, at, endedAt }
}
