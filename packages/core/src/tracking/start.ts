import { HeadwayError, ProtocolError, RpcError } from '../errors.ts'
import { isRecord } from '../protocol/json.ts'
import type { Call } from '../rpc/call.ts'
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
  /** The arguments as they are sent. Asked for once, before anything is sent. */
  toArgs: () => unknown
}

/** One start, however often it is sent. */
interface Intent extends Sending {
  args: unknown
  headers: Record<string, string>
}

/** Starts one run, and resolves with its id. `toKey` gives the idempotency key of its arguments. */
export type Start = (toKey: (args: unknown) => string) => Promise<string>

/**
 * How to start one run: returns its id, the same however often it is called, since all that it sends
 * bears one idempotency key. An answer that was lost is asked for again where the server knows such keys;
 * what it can is asked, too, when it has said nothing yet.
 *
 * @see PROTOCOL.md, "Starts"
 */
export function createStart(transport: Transport, plan: StartPlan): Start {
  const { options } = transport
  let intent: Intent | null = null
  let starting: Promise<string> | null = null

  const send: Start = async (toKey) => {
    if (!intent) {
      // Copied, so that the same start says the same, whatever the program does with its arguments.
      const given = plan.toArgs()
      // Before the copy, which would lose bytes, maps and sets in silence.
      visitFiles(given, [], () => undefined)
      const args = copyArgs(given)
      intent = { args, headers: { 'x-idempotency-key': toKey(args) }, token: null, lost: null }
    }
    const sending = intent
    const { args, headers } = sending
    const onSent = (token: string | null | undefined): void => noteSent(sending, token)
    const id = parseId(plan, await plan.call(transport, plan.name, args, { headers, onSent }))
    sending.lost = null
    return id
  }
  const start = async (toKey: (args: unknown) => string, attempt: number): Promise<string> => {
    try {
      return await send(toKey)
    } catch (error) {
      // Once an answer was lost, whatever comes after it says nothing of what the server did then.
      if (!isLost(error) || !intent) throw intent?.lost ?? error
      intent.lost ??= error
      return start(toKey, await nextAttempt(attempt, intent.lost))
    }
  }
  /** Which attempt comes next, once its time has come; rejects with `lost` when none may. */
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

/** Whatever was thrown, as an error of this library. */
export function toHeadwayError(error: unknown): HeadwayError {
  if (error instanceof HeadwayError) return error
  return new RpcError(textOf(error), { code: 'UNKNOWN' }, { cause: error })
}

/** Whether nobody knows what the server did, or will: the same start may then be sent again, and no other. */
export function isUndecided(error: unknown): boolean {
  return isLost(error) || (error instanceof RpcError && error.code === 'CLOSED')
}

function parseId({ kind }: StartPlan, data: unknown): string {
  const member = `${kind}_id`
  const id = isRecord(data) ? data[member] : undefined
  if (typeof id === 'string' && id !== '') return id
  const answer = JSON.stringify(data)
  throw new ProtocolError(
    `The start answered no ${member} but ${answer}: is it the name of a ${kind}?`,
  )
}
