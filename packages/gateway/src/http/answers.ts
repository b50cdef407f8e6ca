import { accept, answerFile, type Reply, succeedWith } from '../messages/reply.ts'
import type { Run } from '../runs/run-store.ts'
import type { CallAnswer } from './call-query.ts'
import { loadSnapshot } from './load-snapshot.ts'
import type { RouteCall } from './route.ts'
import type { Subscribed } from './subscribe.ts'

/** A file, or JSON in the envelope of the route. */
export function answerCall({ shape }: RouteCall, answer: CallAnswer): Reply {
  if (answer instanceof Blob) return answerFile(answer)
  return succeedWith(shape, answer.text, undefined, answer)
}

/** The snapshot or result that a registration begins with, unless that comes in the stream. */
export function answerSubscribed({ shape }: RouteCall, subscribed: Subscribed): Reply {
  if (!subscribed) return accept()
  const { text, answered, revision } = subscribed
  return succeedWith(shape, text, answered, { revision })
}

/** The snapshot of a run. Rejects when the answer has no room for it. */
export async function answerRun({ context, place, shape }: RouteCall, run: Run): Promise<Reply> {
  const { text } = await loadSnapshot(context, place, 'headway', run)
  return succeedWith(shape, text, undefined, { now: context.membership.now() })
}
