import { setTimeout as wait } from 'node:timers/promises'
import type { Engine, NewTask, TaskState, WorkHandlers } from '../../src/engines/engine.ts'

/** A task in the queue. */
interface Queued extends NewTask {
  attemptsMade: number
  /** In which order it came. */
  place: number
}

/** An engine in this process, for tests: what is in its queue is gone with it. */
export function memoryEngine(): Engine {
  const known = new Map<string, TaskState>()
  const ready: Queued[] = []
  const takers = new Set<() => void>()
  let places = 0

  const queue = (task: Queued): void => {
    ready.push(task)
    // None before all that have a priority, and then in the order in which they came.
    ready.sort((a, b) => a.priority - b.priority || a.place - b.place)
    for (const take of takers) take()
  }
  const queueLater = (task: Queued, ms: number): void => {
    if (ms === 0) queue(task)
    else void wait(ms, undefined, { ref: false }).then(() => known.has(task.id) && queue(task))
  }
  const backoffOf = ({ backoff, attemptsMade }: Queued): number =>
    backoff.type === 'fixed' ? backoff.delayMs : backoff.delayMs * 2 ** (attemptsMade - 1)

  const run = async (task: Queued, handlers: WorkHandlers): Promise<void> => {
    const { id, runId, name, args, attempts } = task
    const isLastAttempt = task.attemptsMade + 1 >= attempts
    const taken = { id, runId, name, args: structuredClone(args), attempts, isLastAttempt }
    known.set(id, 'active')
    const verdict = await handlers.execute(taken)
    const isOver = verdict.type === 'done' || (verdict.type === 'failed' && verdict.isFinal)
    known.set(id, isOver || (verdict.type === 'failed' && isLastAttempt) ? 'ended' : 'waiting')
    if (known.get(id) === 'ended') return
    if (verdict.type === 'postponed') return queueLater(task, verdict.delayMs)
    const again = { ...task, attemptsMade: task.attemptsMade + 1 }
    queueLater(again, backoffOf(again))
  }
  return {
    name: 'memory',
    queue: 'memory',
    connect: async () => ({
      async enqueue(task) {
        if (known.has(task.id)) return
        known.set(task.id, 'waiting')
        places += 1
        queueLater({ ...task, attemptsMade: 0, place: places }, task.delayMs)
      },
      async remove(taskId) {
        known.delete(taskId)
        const at = ready.findIndex(({ id }) => id === taskId)
        if (at !== -1) ready.splice(at, 1)
      },
      statesOf: async (taskIds) => taskIds.map((id) => known.get(id) ?? 'unknown'),
      positions: async (taskIds) =>
        new Map(
          ready.flatMap(({ id }, index) =>
            taskIds.includes(id) ? [[id, index + 1] as const] : [],
          ),
        ),
      async clean() {
        for (const [id, state] of known) if (state === 'ended') known.delete(id)
      },
      async work({ concurrency }, handlers) {
        const running = new Set<Promise<void>>()
        const take = (): void => {
          while (running.size < concurrency) {
            const task = ready.shift()
            if (!task) return
            const attempt = run(task, handlers).finally(() => {
              running.delete(attempt)
              if (takers.has(take)) take()
            })
            running.add(attempt)
          }
        }
        takers.add(take)
        take()
        return {
          async close({ force = false } = {}) {
            takers.delete(take)
            if (!force) await Promise.all(running)
          },
        }
      },
      close: async () => undefined,
    }),
  }
}
