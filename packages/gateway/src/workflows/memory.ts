import { describeError, isInstance } from '../describe-error.ts'
import { NotKept, type StepLog } from '../engines/workflow-engine.ts'

/** What came of something that is done once. */
export type Outcome =
  | { ok: true; value: unknown }
  /** `error` is the message that users see; `cause` is the thrown one, if it differs. */
  | { ok: false; error: string; cause?: string }

/** What is remembered of a run, by key: `step/<name>`, `undo/<name>`, `wait/<name>`, `until/<name>`. */
export type Outcomes = ReadonlyMap<string, Outcome>

/** The key of what was remembered in the logs before. */
const carriedKey = 'carried'

/** What one execution of a run remembers: what was done before it, and what it does. */
export interface Memory {
  /** `null`: it has not been done. */
  recall(key: string): Outcome | null
  /** Does it and remembers what came of it. Rejects with what `work` throws, of which nothing is remembered. */
  remember(key: string, work: () => Promise<Outcome>): Promise<Outcome>
}

/**
 * A memory in `log` that starts with the steps done `before`.
 *
 * @param describe the message that users see when a result cannot be written: the step has failed,
 * since it would never succeed
 */
export function createMemory(
  log: StepLog,
  before: Outcomes = new Map(),
  describe: (notKept: NotKept, key: string) => string = describeError,
): Memory {
  return {
    recall: (key) => before.get(key) ?? null,
    async remember(key, work) {
      try {
        return await log.record(key, work)
      } catch (error) {
        if (!isInstance(error, NotKept)) throw error
        const failure = { ok: false, error: describe(error, key), cause: error.message } as const
        return log.record<Outcome>(key, async () => failure)
      }
    },
  }
}

/** Carries over what is in the log before, once: what the new log says of it is what counts. */
export async function carryOver(
  log: StepLog,
  readBefore: () => Promise<ReadonlyMap<string, unknown>>,
  isRetried: boolean,
): Promise<Outcomes> {
  const entries = await log.record(carriedKey, async () => {
    const all = flatten(await readBefore())
    return [...(isRetried ? toRepeat(all) : all)]
  })
  return new Map(entries)
}

/** Everything that was remembered up to the end of a log: in it, and what was carried over to it. */
function flatten(records: ReadonlyMap<string, unknown>): Outcomes {
  const all = new Map((records.get(carriedKey) ?? []) as Iterable<[string, Outcome]>)
  for (const [key, outcome] of records) if (key !== carriedKey) all.set(key, outcome as Outcome)
  return all
}

/** What is still done when a run that has ended goes on: not what failed, and not what was undone. Pure. */
export function toRepeat(all: Outcomes): Outcomes {
  const isDone = (key: string): boolean => all.get(key)?.ok === true
  return new Map(
    [...all].filter(([key]) => {
      const [kind, name] = split(key)
      if (kind === 'undo') return false
      if (kind === 'until') return isDone(`wait/${name}`)
      return isDone(key) && !isDone(`undo/${name}`)
    }),
  )
}

function split(key: string): [kind: string, name: string] {
  const at = key.indexOf('/')
  return [key.slice(0, at), key.slice(at + 1)]
}
