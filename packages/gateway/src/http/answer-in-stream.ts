import { inBackground } from '../handled.ts'
import type { Session } from '../streams/sessions.ts'
import { answerItems, type ItemAnswer } from './answer-items.ts'
import type { HttpContext } from './context.ts'

/**
 * Registers items, and sends their answers as events of the stream: those that are there in the
 * same turn together, so that a slow query does not hold up the others.
 *
 * @param seq the number of the request within its session
 * @param taken called once the reader has taken the answers, or its stream is over
 * @see PROTOCOL.md, "Registrations in the stream"
 */
export function answerInStream(
  context: HttpContext,
  session: Session,
  items: readonly Record<string, unknown>[],
  seq: number | null,
  taken: () => void = () => undefined,
): void {
  const { outbox } = session
  const place = context.answers.enter(session)
  let ready: ItemAnswer[] = []
  const send = (): void => {
    const answers = ready
    ready = []
    outbox.sendNow(encodeAnswers(answers))
    for (const { answered } of answers) answered?.(true)
  }
  const add = (answer: ItemAnswer): void => {
    ready.push(answer)
    if (ready.length === 1) process.nextTick(send)
  }
  const answering = answerItems(context, session, items, seq, place, add)
  // Unread answers are held in memory.
  const leave = (): void =>
    outbox.whenTaken(() => {
      place.leave()
      taken()
    })
  const all = answering.finally(() => process.nextTick(leave))
  inBackground(all, context.options.logger, 'registrations in a stream could not be answered')
}

/** The answers are JSON text already. */
function encodeAnswers(answers: readonly ItemAnswer[]): string {
  let texts = ''
  // `join` would copy them once more.
  for (const { text } of answers) texts += texts === '' ? text : `,${text}`
  return `event: answers\ndata: {"type":"answers","answers":[${texts}]}\n\n`
}
