import type { HeadwayError, RpcError } from '../errors.ts'
import type { Outcome } from './outcome.ts'

/** The end of a run that is awaited. */
export interface Awaited {
  end: Promise<unknown>
  /** Nobody waits any more: rejects, unless it has ended. */
  abandon(error: HeadwayError): void
}

/** Where an end can be seen. */
export interface EndSource {
  subscribe(listener: () => void): () => void
  /** How it has ended by now; `null` while it has not. */
  look(): Outcome<unknown> | null
  /** Called when the client closes: a handle without a target gets no view change then. */
  pending: Set<(reason: RpcError) => void>
}

/** The output of something, once it has ended; rejects with what went wrong. Follows it until then. */
export function awaitEnd({ subscribe, look, pending }: EndSource): Awaited {
  let abandon: Awaited['abandon'] = () => undefined
  const end = new Promise<unknown>((resolve, reject) => {
    const settle = (outcome: Outcome<unknown>): void => {
      leave()
      pending.delete(check)
      if ('error' in outcome) reject(outcome.error)
      else resolve(outcome.output)
    }
    const check = (): void => {
      const outcome = look()
      if (outcome) settle(outcome)
    }
    abandon = (error) => settle({ error })
    const leave = subscribe(check)
    pending.add(check)
    check()
  })
  return { end, abandon }
}
