import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

/** The kind of a run. */
type RunKind = 'job' | 'workflow'

/** @param retentionText how long ended runs are kept; `null`: for ever */
export const runNotFound = (kind: RunKind, id: string, retentionText: string | null): HttpError =>
  refuse(
    kind === 'job' ? 'JOB_NOT_FOUND' : 'WORKFLOW_NOT_FOUND',
    retentionText === null
      ? `The ${kind} ${id} does not exist`
      : `The ${kind} ${id} does not exist, or was removed: ${retentionText}`,
  )

export const invalidRunId = (kind: RunKind): HttpError =>
  refuse(kind === 'job' ? 'INVALID_JOB_ID' : 'INVALID_WORKFLOW_ID', `The ${kind} id must be a UUID`)

export const alreadyCompleted = (kind: RunKind): HttpError =>
  refuse('CONFLICT', `The ${kind} has completed: start another one`)

export const notRunByEngine = (kind: RunKind, engine: string): HttpError =>
  refuse('CONFLICT', `${engine} did not run this ${kind}, so it cannot retry it`)

export const notInQueue = (): HttpError =>
  refuse('CONFLICT', 'The queue of the job does not keep it as failed, so it cannot retry it')

export const notDefinedHere = (kind: RunKind, name: string): HttpError =>
  refuse('CONFLICT', `This gateway does not define the ${kind} ${name}, so it cannot check a retry`)

export const outputTooLarge = ({ kind }: { kind: RunKind }): HttpError =>
  refuse(
    'PAYLOAD_TOO_LARGE',
    `The output of the ${kind} is too large to send: store it and return its address`,
  )

export const eventNotFound = (workflow: string, event: string): HttpError =>
  refuse('NOT_FOUND', `The workflow ${workflow} has no event ${event}`)

/** @param message where and why, such as ` at by: a text is needed` */
export const payloadRefused = (message: string, details: unknown): HttpError =>
  refuse('INVALID_ARGUMENT', `The payload does not fit${message}`, { details })

export const workflowEnded = (): HttpError =>
  refuse('CONFLICT', 'The workflow has ended and takes no more events')

export const tooManyEvents = (): HttpError =>
  refuse('TOO_MANY_EVENTS', 'The workflow has received too many events, or too many wait for it', {
    retryAfterSecs: 5,
  })
