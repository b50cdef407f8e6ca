import { HeadwayError, ProtocolError, RpcError, StartFailed } from '../errors.ts'
import { isRecord } from '../protocol/json.ts'
import type { Call, Labels } from '../rpc/call.ts'
import { isOffered } from '../rpc/offers.ts'
import { copyArgs, visitFiles } from '../rpc/sendable.ts'
import type { Transport } from '../rpc/transport.ts'
import { textOf } from '../text-of.ts'
import { isLost, noteSent, pauseAfter, type Sending } from './sending.ts'

/** One run to start. */
export interface StartPlan {
  kind: 'job' | 'workflow'
  name: string
  call: Call
  /** The arguments as they are sent. Called once, before anything is sent. */
  toArgs: () => unknown
  /** Read with each request. */
  options: Labels
}

/** One start, which may be sent more than once. */
interface Intent extends Sending {
  args: unknown
  headers: Record<string, string>
}

/**
 * Starts one run and resolves with its id. `toKey` returns the idempotency key for the arguments.
 */
export type Start = (toKey: (args: unknown) => string) => Promise<string>

/**
 * Returns a function that starts one run exactly once. Every call sends the same idempotency key
 * and resolves with the same id. When an answer is lost, the start is sent again if the server
 * knows such keys, which the client asks if it does not know yet.
 *
 * @see PROTOCOL.md, "Starts"
 */
export function createStart(transport: Transport, plan: StartPlan): Start {
  const { options } = transport
  let intent: Intent | null = null
  let starting: Promise<string> | null = null

  const send: Start = async (toKey) => {
    if (!intent) {
      // Copied: the program may change its arguments before the start is sent again.
      const given = plan.toArgs()
      // Throws for values that the copy below would lose.
      visitFiles(given, [], () => undefined)
      const args = copyArgs(given)
      intent = { args, headers: { 'x-idempotency-key': toKey(args) }, token: null, lost: null }
    }
    const sending = intent
    const { args, headers } = sending
    const { title, tags } = plan.options
    const onSent = (token: string | null | undefined): void => noteSent(sending, token)
    const sent = { headers, onSent, body: { title, tags } }
    const id = parseId(plan, await plan.call(transport, plan.name, args, sent))
    sending.lost = null
    return id
  }
  const start = async (toKey: (args: unknown) => string, attempt: number): Promise<string> => {
    try {
      return await send(toKey)
    } catch (error) {
      // Once an answer was lost, later answers do not say what the server did with the first one.
      if (!isLost(error) || !intent) throw intent?.lost ?? error
      intent.lost ??= error
      return start(toKey, await nextAttempt(attempt, intent.lost))
    }
  }
  /**
   * Waits, and returns the next attempt; rejects with `lost` when the start may not be sent again.
   */
  const nextAttempt = async (attempt: number, lost: RpcError): Promise<number> => {
    const isUnsafe = transport.capabilities.has('idempotent-start') === false
    if (isUnsafe || attempt >= options.maxStartAttempts) throw lost
    await pauseAfter(transport, attempt, lost)
    const isSafe = await isOffered(transport, 'idempotent-start').catch((error: unknown) => {
      if (isLost(error)) return null
      throw lost
    })
    if (isSafe === false) throw lost
    return isSafe ? attempt + 1 : nextAttempt(attempt + 1, lost)
  }
  return (toKey) => {
    starting ??= start(toKey, 1).finally(() => {
      starting = null
    })
    return starting
  }
}

/** Turns anything thrown into an error of this library. */
export function toHeadwayError(error: unknown): HeadwayError {
  if (error instanceof HeadwayError) return error
  return new RpcError(textOf(error), { code: 'UNKNOWN' }, { cause: error })
}

/** Throws the error of a request about a run that was not started. */
export function toStartFailed(cause: unknown): never {
  throw new StartFailed(textOf(cause), { cause })
}

/** True if the run may have been started: then only the same start may be sent again. */
export function isUndecided(error: unknown): boolean {
  return isLost(error) || (error instanceof RpcError && error.code === 'CLOSED')
}

function parseId({ kind }: StartPlan, data: unknown): string {
  const member = `${kind}_id`
  const id = isRecord(data) ? data[member] : undefined
  if (typeof id === 'string' && id !== '') return id
  const answer = JSON.stringify(data)
  throw new ProtocolError(
    `The answer to the start is ${answer}, without ${member}: check that the name is that of a ${kind}`,
  )
}
