import { randomUUID } from 'node:crypto'
import { maxDelayMs } from './app/job.ts'
import type { AddOptions, GroupOptions } from './app/many-options.ts'
import type { StartOptions } from './app/start-arguments.ts'
import { validate } from './app/validate.ts'
import { CallRefused, HttpError } from './errors.ts'
import type { HttpContext } from './http/context.ts'
import { withKnownOutcome } from './http/known-outcome.ts'
import { cancelRun, retryRun } from './http/run-requests.ts'
import { findOwn, ownKey } from './own-start.ts'
import { refuse } from './refusals/codes.ts'
import { argumentsRefused, wrongLabels } from './refusals/functions.ts'
import { outputTooLarge, runNotFound } from './refusals/runs.ts'
import { toLabels } from './runs/labels.ts'
import type { Run } from './runs/run-store.ts'
import { type RunSnapshot, toSnapshot } from './runs/snapshot.ts'
import { type ListOptions, type ListPage, readPage } from './server-list.ts'
import { addMany, startMany } from './server-many.ts'
import { isUuid } from './uuid.ts'
import { recordStart } from './workflows/record-start.ts'

/** What your own code can do with runs, without HTTP. Rejects with a {@link CallRefused}. */
export interface ServerCalls {
  start(what: unknown, args?: unknown, options?: StartOptions): Promise<string>
  startMany(what: unknown, argsList: readonly unknown[], options?: GroupOptions): Promise<string>
  addMany(id: string, argsList: readonly unknown[], options?: AddOptions): Promise<RunSnapshot>
  cancel(id: string, options?: { reason?: string }): Promise<RunSnapshot>
  retry(id: string): Promise<RunSnapshot>
  get(id: string): Promise<RunSnapshot | null>
  list(options?: ListOptions): Promise<ListPage>
}

/** The calls of a gateway. Roles and rate limits are for its clients: your code is trusted. */
export function createServerCalls(context: HttpContext): ServerCalls {
  const read = async (id: string): Promise<Run | null> =>
    isUuid(id) ? await context.store.complete(id) : null
  const find = async (id: string): Promise<Run> => {
    const run = await read(id)
    if (run) return run
    throw runNotFound('job', id, context.retentionText)
  }
  return {
    start: (what, args = null, options = {}) => asked(() => start(context, what, args, options)),
    startMany: (what, argsList, options = {}) =>
      asked(() => startMany(context, what, argsList, options)),
    addMany: (id, argsList, options = {}) =>
      asked(async () => whole(await addMany(context, await find(id), argsList, options))),
    cancel: (id, { reason = null }: { reason?: string | null } = {}) =>
      asked(async () => whole(await cancelRun(context, await find(id), reason))),
    retry: (id) => asked(async () => whole(await retryRun(context, await find(id)))),
    get: (id) =>
      asked(async () => {
        const run = await read(id)
        return run && whole(run)
      }),
    list: (options = {}) => asked(() => readPage(context, options)),
  }
}

async function start(
  context: HttpContext,
  what: unknown,
  args: unknown,
  { owner = null, key, delayMs, title, tags }: StartOptions,
): Promise<string> {
  const { options, startIds, handOver } = context
  const found = findOwn(context, what)
  const { name, kind, definition } = found
  if (delayMs !== undefined) checkDelay(name, kind, delayMs)
  const labels = toLabels({ title, tags })
  if (typeof labels === 'string') throw wrongLabels(labels)
  const validated = await validate(definition.input, args)
  if (!('value' in validated)) throw argumentsRefused(validated.message, validated.problems)
  const queue = kind === 'job' ? options.engine.queue : null
  const id =
    key === undefined ? randomUUID() : startIds.idOf(owner, name, ownKey(owner, key), queue)
  const run = { id, name, owner, idempotencyKey: key ?? null, args: validated.value }
  const start = { ...run, labels, delayMs }
  const recorded = await withKnownOutcome(() => recordStart(context, found, start))
  if (recorded.task) await handOver.task(recorded.task)
  return recorded.id
}

function checkDelay(name: string, kind: Run['kind'], delayMs: number): void {
  if (kind === 'workflow') {
    throw refuse(
      'INVALID_ARGUMENT',
      `delayMs is given for the workflow ${name}: let it begin with ctx.sleep(), or start a delayed job`,
    )
  }
  if (Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= maxDelayMs) return
  throw refuse(
    'INVALID_ARGUMENT',
    `delayMs is ${delayMs}: give whole milliseconds, from 0 to ${maxDelayMs}`,
  )
}

/** The snapshot of a run. Throws an {@link HttpError} when its output is too large. */
function whole(run: Run): RunSnapshot {
  if (run.isLarge) throw outputTooLarge(run)
  return toSnapshot(run)
}

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    throw new CallRefused(error.message, error.refusal, { cause: error.cause })
  }
}
