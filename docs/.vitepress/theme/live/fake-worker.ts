/**
 * What a worker gives to the work: the number of the attempt, and waits that end with the worker.
 */
export interface Attempt {
  attempt: number
  /** Resolves after `ms` milliseconds. Rejects when the worker is killed. */
  pause(ms: number): Promise<void>
  /** Resolves when somebody calls `signal(name)`, or has called it. Rejects like `pause`. */
  event(name: string): Promise<void>
}

/** A worker in the page, in real time. Another one takes its work over when it is killed. */
export interface FakeWorker {
  begin(work: (attempt: Attempt) => Promise<void>): void
  /** Ends the worker in the middle of its work, as SIGKILL does. */
  kill(): void
  signal(event: string): void
}

/**
 * @param lockMs the time until the lock of a killed worker has expired, in milliseconds
 * @param onTakenOver called when another worker has taken the work over
 */
export function createFakeWorker(lockMs: number, onTakenOver: () => void): FakeWorker {
  let life = new AbortController()
  let attempt = 0
  let work: (attempt: Attempt) => Promise<void> = () => Promise.resolve()
  let takesOver: ReturnType<typeof setTimeout> | undefined
  let signals = new EventTarget()
  let signalled = new Set<string>()

  const run = (): void => {
    attempt += 1
    life = new AbortController()
    const { signal } = life
    const until = (wait: (done: () => void) => void): Promise<void> =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        wait(resolve)
      })
    work({
      attempt,
      pause: (ms) => until((done) => setTimeout(() => !signal.aborted && done(), ms)),
      event: (name) =>
        until((done) => {
          if (signalled.has(name)) done()
          else signals.addEventListener(name, () => done(), { once: true })
        }),
    }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
  return {
    begin(next) {
      life.abort()
      clearTimeout(takesOver)
      attempt = 0
      work = next
      signals = new EventTarget()
      signalled = new Set()
      run()
    },
    kill() {
      life.abort()
      clearTimeout(takesOver)
      takesOver = setTimeout(() => {
        onTakenOver()
        run()
      }, lockMs)
    },
    signal(event) {
      signalled.add(event)
      signals.dispatchEvent(new Event(event))
    },
  }
}
