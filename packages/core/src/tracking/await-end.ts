import type { HeadwayError, RpcError } from '../errors.ts'
import type { Outcome } from './outcome.ts'

/** The awaited end of a run. */
export interface AwaitedEnd {
  /** Resolves with the output; rejects with the reason why there is none. */
  end: Promise<unknown>
  /** Rejects `end`, unless the run has ended. */
  abandon(error: HeadwayError): void
}

/** The run whose end is awaited. */
export interface EndSource {
  subscribe(listener: () => void): () => void
  /** The outcome of the run; `null` while it goes on. */
  outcome(): Outcome<unknown> | null
  /** Callbacks for the close of the client: a handle without a target gets no view change then. */
  pending: Set<(reason: RpcError) => void>
}

/** Follows a run until it has an outcome. */
export function awaitEnd({ subscribe, outcome, pending }: EndSource): AwaitedEnd {
  let abandon: AwaitedEnd['abandon'] = () => undefined
  const end = new Promise<unknown>((resolve, reject) => {
    const finish = (reached: Outcome<unknown>): void => {
      unsubscribe()
      pending.delete(check)
      if ('error' in reached) reject(reached.error)
      else resolve(reached.output)
    }
    const check = (): void => {
      const reached = outcome()
      if (reached) finish(reached)
    }
    abandon = (error) => finish({ error })
    const unsubscribe = subscribe(check)
    pending.add(check)
    check()
  })
  return { end, abandon }
}
