import { type SchedulerLike, VirtualTimeScheduler } from 'rxjs'

/** A clock that moves only by `advance()`. */
export interface FakeTime {
  scheduler: SchedulerLike
  /**
   * Moves the clock by `ms`. After each timer that is due, it waits until all promises have
   * settled.
   */
  advance(ms: number): Promise<void>
}

/** Creates a clock that starts at 0. */
export function createFakeTime(): FakeTime {
  const scheduler = new VirtualTimeScheduler()
  return {
    scheduler,
    async advance(ms) {
      const end = scheduler.frame + ms
      await settled()
      for (let next = due(scheduler); next <= end; next = due(scheduler)) {
        scheduler.maxFrames = next
        scheduler.flush()
        await settled()
      }
      scheduler.frame = end
      scheduler.maxFrames = end
    },
  }
}

/** So many waits at one time of the clock are none: more than a test has without moving it. */
const freeWaits = 10

/**
 * Random numbers for the waits of a client: 0, so that it reconnects at once, without a move of the
 * clock. While the network is away the clock would then stand still for ever, so that after ten at
 * one time it is a tenth.
 */
export function createChance(now: () => number): () => number {
  let count = 0
  let at = -1
  return () => {
    count = at === now() ? count + 1 : 1
    at = now()
    return count > freeWaits ? 0.1 : 0
  }
}

/** Resolves after two turns of the event loop, when all promises that can settle have settled. */
export async function settled(): Promise<void> {
  await turn()
  await turn()
}

/** The time of the next timer; `Infinity` without one. */
function due({ actions }: VirtualTimeScheduler): number {
  return Math.min(...actions.map(({ delay }) => delay))
}

/** One turn of the event loop. It uses a message, because test runners replace timers. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
