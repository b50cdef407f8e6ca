import { RpcError } from '../errors.ts'
import { jobKind } from '../kinds/job-kind.ts'
import type { Call, Labels } from '../rpc/call.ts'
import { requestOffered } from '../rpc/offers.ts'
import type { Transport } from '../rpc/transport.ts'
import { textOf } from '../text-of.ts'
import { askServer } from '../tracking/ask-server.ts'
import { isLost, noteSent, pauseAfter, type Sending } from '../tracking/sending.ts'
import { createStart, isUndecided, type Start } from '../tracking/start.ts'
import type { GroupChoices } from './group.ts'
import { type Part, toParts } from './parts.ts'

/** One child to start, as it is sent. */
export interface GroupItem extends Labels {
  args: unknown
}

/** One group to start. */
export interface GroupPlan {
  /** The name of the function that its children are runs of. */
  name: string
  /** The items as they are sent. Called before the first one is sent. */
  toItems: () => GroupItem[]
  /** Read with the first request. */
  options: Labels & Pick<GroupChoices<never>, 'onFailure'>
}

/**
 * Returns a function that starts one group exactly once, with all of its items, and resolves with
 * its id. While answers are lost, and after a call that failed undecided, it goes on with the items
 * that are not known to be there. If some are refused, it cancels the group and rejects with the
 * reason: the next call starts another group.
 *
 * @see PROTOCOL.md, "Groups"
 */
export function createGroupStart(transport: Transport, plan: GroupPlan): Start {
  let filling = createFilling(transport, plan)
  return async (toKey) => {
    try {
      return await filling.start(toKey)
    } catch (error) {
      if (!isUndecided(error) && filling.id() !== '') {
        const reason = `Not all items could be added: ${textOf(error)}`.slice(0, 1_000)
        await cancelGroup(transport, filling.id(), reason)
        filling = createFilling(transport, plan)
      }
      throw error
    }
  }
}

/** One group: its first request, and those that add the other items. */
function createFilling(transport: Transport, { name, toItems, options }: GroupPlan) {
  let id = ''
  let parts: Part<GroupItem>[] = []
  /** The number of parts that are there. */
  let added = 1
  const sending: Sending = {
    token: null,
    // The other items are sent as the same user, or not at all.
    lost: new RpcError('Another user signed in before all items were added', {
      code: 'FORBIDDEN',
    }),
  }

  const open: Call = async (_, __, items, { headers, onSent, body } = {}) => {
    parts = toParts(items as GroupItem[])
    const isOpen = parts.length > 1 && { open: true }
    const { data } = await requestOffered(transport, 'groups', 'start many runs', {
      method: 'POST',
      path: `/rpc/${encodeURIComponent(name)}/many`,
      body: { ...body, items: parts[0]?.items, on_failure: options.onFailure, ...isOpen },
      ...(headers && { headers }),
      onSent(token) {
        onSent?.(token)
        if (token !== undefined) sending.token = token
      },
    })
    return data
  }
  const first = createStart(transport, { kind: 'job', name, call: open, toArgs: toItems, options })

  const add = ({ from, items }: Part<GroupItem>): Promise<unknown> =>
    requestOffered(transport, 'groups', 'add to a group', {
      method: 'POST',
      path: `${jobKind.toPath(id)}/children`,
      body: { from, items, ...(from === parts.at(-1)?.from && { close: true }) },
      onSent: (token) => noteSent(sending, token),
    })

  return {
    /** Empty until the server has the group. */
    id: (): string => id,
    start: (async (toKey) => {
      id ||= await first(toKey)
      for (const part of parts.slice(added)) {
        const isOpen = await repeat(transport, () => add(part)).then(() => true, refuseUnlessOver)
        // It has ended already: it was cancelled, or a child failed. Its state tells that.
        if (!isOpen) break
        added += 1
      }
      return id
    }) satisfies Start,
  }
}

/** False for the answer that the group has ended. Throws any other error. */
function refuseUnlessOver(error: unknown): false {
  if (error instanceof RpcError && error.code === 'CONFLICT') return false
  throw error
}

async function cancelGroup(transport: Transport, id: string, reason: string): Promise<void> {
  const request = { kind: jobKind, id, verb: 'cancel', body: { reason } } as const
  // The caller gets the error of the items, which is the reason for this one, too.
  await repeat(transport, () => askServer(transport, request)).catch(() => undefined)
}

/**
 * Sends a request that changes nothing when it is repeated. Repeats it while its answer is lost or
 * the server has no room, as often as a start is sent.
 */
async function repeat<T>(transport: Transport, send: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!isPassing(error) || attempt >= transport.options.maxStartAttempts) throw error
    await pauseAfter(transport, attempt, error)
    return repeat(transport, send, attempt + 1)
  }
}

function isPassing(error: unknown): error is RpcError {
  return isLost(error) || (error instanceof RpcError && [429, 503].includes(error.status ?? 0))
}
