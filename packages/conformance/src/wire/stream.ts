import {
  type BatchAnswer,
  type ConnectedEvent,
  decodeEvent,
  type JobSnapshot,
  parseJobSnapshot,
  parseWorkflowSnapshot,
  type WorkflowSnapshot,
} from '@headway/core/protocol'

/** One open stream of a gateway, with everything it has sent. */
export interface Stream {
  session: { session_id: string; session_secret: string }
  /** The headers of the stream's answer. */
  headers: Headers
  connected: ConnectedEvent
  /**
   * All pushed snapshots of jobs, all pushed snapshots of workflows, and the targets of both, in
   * order.
   */
  pushed: JobSnapshot[]
  /** The workflow snapshots that were pushed, in order. */
  workflows: WorkflowSnapshot[]
  /** The target of each push, in order. */
  targets: string[]
  /** The results of queries that were pushed, in order. */
  results: unknown[]
  /** The answers to registrations that came in the stream, in order. */
  answers: BatchAnswer[]
  /** The codes of all `error` events, and the reasons of all `stale` events, in order. */
  errors: string[]
  /** The reasons of the `stale` events, in order. */
  reasons: string[]
  /** The types of all events, in order. */
  events: string[]
  /** Adds the snapshot of a registration's answer, for `untilKnown`. */
  hear(snapshot: JobSnapshot): void
  /** Resolves with the first pushed snapshot of a job that matches, also an earlier one. */
  until(isWanted: (snapshot: JobSnapshot) => boolean): Promise<JobSnapshot>
  /**
   * Like `until`, but also for the snapshots of answers: a job may have changed before its
   * registration.
   */
  untilKnown(isWanted: (snapshot: JobSnapshot) => boolean): Promise<JobSnapshot>
  /** Resolves with the first pushed snapshot of a workflow that matches, also an earlier one. */
  untilWorkflow(isWanted: (snapshot: WorkflowSnapshot) => boolean): Promise<WorkflowSnapshot>
  /** Resolves with the first answer to a registration of this id that matches. */
  untilAnswer(id: string, isWanted?: (answer: BatchAnswer) => boolean): Promise<BatchAnswer>
  /** Resolves when so many answers have come. */
  untilAnswers(count: number): Promise<void>
  /** Resolves when the types of all events so far match. */
  untilEvents(isWanted: (types: readonly string[]) => boolean): Promise<void>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

/**
 * Opens a stream and waits for `connected`. Rejects with the status if the stream is refused.
 *
 * @param items opens it with POST, and registers them; without items, with GET
 */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
  query = '',
  items?: readonly object[],
): Promise<Stream> {
  const controller = new AbortController()
  const { signal } = controller
  const carrying = items && {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ items }),
  }
  const response = await fetch(`${url}/_api/events${query}`, { signal, headers, ...carrying })
  if (!response.ok || !response.body) throw new Error(`/_api/events: ${response.status}`)
  const pushed: JobSnapshot[] = []
  const heard: JobSnapshot[] = []
  const workflows: WorkflowSnapshot[] = []
  const targets: string[] = []
  const results: unknown[] = []
  const answers: BatchAnswer[] = []
  const errors: string[] = []
  const reasons: string[] = []
  const events: string[] = []
  const waiting = new Set<() => void>()
  let connect: (event: ConnectedEvent) => void = () => undefined
  const connected = new Promise<ConnectedEvent>((resolve) => {
    connect = resolve
  })
  const tellWaiting = (): void => {
    for (const check of [...waiting]) check()
  }
  const hear = (snapshot: JobSnapshot): void => {
    heard.push(snapshot)
    tellWaiting()
  }
  const ended = readFrames(response.body, (data) => {
    const event = decodeEvent({ event: '', data })
    if (event === null || event instanceof Error) throw event ?? new Error(`Unknown event: ${data}`)
    events.push(event.type)
    if (event.type === 'connected') connect(event)
    if (event.type === 'answers') answers.push(...event.answers)
    if (event.type === 'error') errors.push(event.code)
    if (event.type === 'stale') reasons.push(event.reason)
    if (event.type !== 'update') return tellWaiting()
    const { payload, target } = event
    if (target.startsWith('sub:')) {
      results.push(payload)
      return tellWaiting()
    }
    const isJob = target.startsWith('job:')
    const snapshot = isJob ? parseJobSnapshot(payload) : parseWorkflowSnapshot(payload)
    if (snapshot instanceof Error) throw snapshot
    if ('job_id' in snapshot) pushed.push(snapshot)
    else workflows.push(snapshot)
    targets.push(target)
    if ('job_id' in snapshot) hear(snapshot)
    else tellWaiting()
  })
  ended.catch(() => undefined)
  const first = await connected
  const untilIn = <T>(among: T[], isWanted: (snapshot: T) => boolean): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = among.find(isWanted)
        if (found === undefined) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  const { session_id, session_secret } = first
  return {
    session: { session_id, session_secret },
    headers: response.headers,
    connected: first,
    pushed,
    workflows,
    targets,
    results,
    answers,
    errors,
    reasons,
    events,
    ended: ended.then(undefined, () => undefined),
    hear,
    until: (isWanted) => untilIn(pushed, isWanted),
    untilKnown: (isWanted) => untilIn(heard, isWanted),
    untilWorkflow: (isWanted) => untilIn(workflows, isWanted),
    untilAnswer: (id, isWanted = () => true) =>
      untilIn(answers, (answer) => answer.id === id && isWanted(answer)),
    untilAnswers: async (count) => {
      await untilIn([answers], ({ length }) => length >= count)
    },
    untilEvents: async (isWanted) => {
      await untilIn([events], isWanted)
    },
    close: () => controller.abort(),
  }
}

async function readFrames(
  body: ReadableStream<Uint8Array>,
  onData: (data: string) => void,
): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += decoder.decode(chunk.value, { stream: true })
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const data = frame.match(/^data: (.*)$/m)?.[1]
      if (data) onData(data)
    }
  }
}
