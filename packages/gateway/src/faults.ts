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

/** What users see of a fault, by what has failed. */
const sentences = {
  job: 'The job failed',
  step: 'The step failed',
  undo: 'The step could not be undone',
  workflow: 'The workflow failed',
} as const

/** What has failed, and what the log names it by. */
export interface Failed {
  what: keyof typeof sentences
  runId: string
  /** Another try will come. */
  isTriedAgain?: boolean
  [field: string]: unknown
}

/** The failures of an app. */
export interface Faults {
  /** What users see of something that was thrown. A fault is logged, whole. Never throws. */
  show(thrown: unknown, failed: Failed): string
}

/**
 * The failures of an app, by one rule for all that runs user code: what is meant for users is
 * shown, anything else is a fault, of which they are told that it happened. With
 * `maskErrors: false` everything is shown.
 */
export function createFaults(logger: Logger, maskErrors: boolean): Faults {
  return {
    show(thrown, { what, isTriedAgain = false, ...fields }) {
      const sentence = sentences[what]
      if (!isForUsers(thrown)) {
        const level = isTriedAgain ? 'warn' : 'error'
        const said = `${sentence[0]?.toLowerCase()}${sentence.slice(1)}`
        logger[level](
          { err: toError(thrown), ...fields },
          isTriedAgain ? `${said}; it is tried again` : said,
        )
      }
      if (!maskErrors || isForUsers(thrown)) return describeError(thrown)
      return isInstance(thrown, OutputRefused) ? thrown.shown : sentence
    },
  }
}

/** What was said to be read by users: a `Refused`, and what we say ourselves. */
function isForUsers(thrown: unknown): boolean {
  return (
    isInstance(thrown, HttpError) ||
    isInstance(thrown, CancelRequested) ||
    isInstance(thrown, StepFailed) ||
    isInstance(thrown, StepTimedOut) ||
    isInstance(thrown, EventTimedOut)
  )
}
