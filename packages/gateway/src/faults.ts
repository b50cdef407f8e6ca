import type { Logger } from 'pino'
import { describeError, isInstance, toError } from './describe-error.ts'
import {
  CancelRequested,
  EventTimedOut,
  HttpError,
  OutputRefused,
  StepFailed,
  StepTimedOut,
} from './errors.ts'

/** The sentences that users see instead of an error, by the part that failed. */
const sentences = {
  job: 'The job failed',
  step: 'The step failed',
  undo: 'The step could not be undone',
  workflow: 'The workflow failed',
} as const

/** The part that failed, and its fields in the log. */
export interface Failed {
  what: keyof typeof sentences
  runId: string
  /** Another try will come. */
  isTriedAgain?: boolean
  [field: string]: unknown
}

/** The failures of an app. */
export interface Faults {
  /**
   * The message that users see of a thrown value. Logs it whole unless it is meant for users. Never
   * throws.
   */
  report(thrown: unknown, failed: Failed): string
}

/**
 * The failures of an app, by one rule for all that runs user code: messages that are meant for
 * users are shown; of any other error users only learn that it happened. With `maskErrors: false`
 * everything is shown.
 */
export function createFaults(logger: Logger, maskErrors: boolean): Faults {
  return {
    report(thrown, { what, isTriedAgain = false, ...fields }) {
      const sentence = sentences[what]
      if (!isForUsers(thrown)) {
        const level = isTriedAgain ? 'warn' : 'error'
        const text = `${sentence[0]?.toLowerCase()}${sentence.slice(1)}`
        logger[level](
          { err: toError(thrown), ...fields },
          isTriedAgain ? `${text}; trying again` : text,
        )
      }
      if (!maskErrors || isForUsers(thrown)) return describeError(thrown)
      return isInstance(thrown, OutputRefused) ? thrown.shown : sentence
    },
  }
}

/** The message is meant for users: it is from a `Refused`, or one of our own. */
function isForUsers(thrown: unknown): boolean {
  return (
    isInstance(thrown, HttpError) ||
    isInstance(thrown, CancelRequested) ||
    isInstance(thrown, StepFailed) ||
    isInstance(thrown, StepTimedOut) ||
    isInstance(thrown, EventTimedOut)
  )
}
