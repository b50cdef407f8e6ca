import { describeError, isInstance } from '../describe-error.ts'
import { NotKept, type StepLog } from '../engines/workflow-engine.ts'

/** The result of something that is done once. */
export type Outcome =
  | { ok: true; value: unknown }
  /** `error` is the message that users see; `cause` is the thrown one, if it differs. */
  | { ok: false; error: string; cause?: string }

/**
 * The stored results of a run, by key: `step/<name>`, `undo/<name>`, `wait/<name>`, `until/<name>`.
 */
export type Outcomes = ReadonlyMap<string, Outcome>

/** The key of the results from earlier logs. */
const carriedKey = 'carried'

/** The memory of one execution: the results before it, and its own. */
export interface Memory {
  /** `null`: it has not been done. */
  recall(key: string): Outcome | null
  /**
   * Does `work` once and stores its result. Rejects with the error of `work`, which is not stored.
   */
  remember(key: string, work: () => Promise<Outcome>): Promise<Outcome>
}

/**
 * A memory in `log` that starts with the results `before`.
 *
 * @param describe the message that users see when a result cannot be written: the step has failed,
 * since a repetition would fail, too
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

/** Copies the results of the earlier log, once: the copy in the new log is the one that counts. */
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

/** All results up to the end of a log: its own, and those copied into it. */
function flatten(records: ReadonlyMap<string, unknown>): Outcomes {
  const all = new Map((records.get(carriedKey) ?? []) as Iterable<[string, Outcome]>)
  for (const [key, outcome] of records) if (key !== carriedKey) all.set(key, outcome as Outcome)
  return all
}

/**
 * The results that still count when an ended run is retried: not failures, and not what was undone.
 * Pure.
 */
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
