import { type SchedulerLike, VirtualTimeScheduler } from 'rxjs'

/** A clock that stands still until it is told to run. */
export interface FakeTime {
  scheduler: SchedulerLike
  /** Lets it run, one timer at a time: what each brings about has happened before the next. */
  advance(ms: number): Promise<void>
}

/** Time for a client in a test, from 0. */
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

/** Resolves when every promise that could be settled is: after two turns of the event loop. */
export async function settled(): Promise<void> {
  await turn()
  await turn()
}

/** When the next timer is due. */
function due({ actions }: VirtualTimeScheduler): number {
  return Math.min(...actions.map(({ delay }) => delay))
}

/** One turn: a message, since test runners replace timers. */
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
