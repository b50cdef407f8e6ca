import { type HeadwayError, type JobView, RpcError } from '@headway/core'
import type { UploadView } from '@headway/core/upload'
import { sayBytes } from './amount-text.ts'
import { describeJob, type JobText, type JobWords } from './job-text.ts'

/** An import in words and numbers: first the upload, then the job. */
export interface ImportText extends JobText {
  phase: JobView<unknown>['phase'] | 'sending' | 'answering'
  /** Why the file was not taken; empty when it was. */
  problem: string
}

const importWords: JobWords = {
  nothing: 'Nothing imported yet',
  hint: 'Choose a CSV file in any panel: all four follow.',
  done: (rows) => `${rows.toLocaleString('en')} users imported`,
  missing: 'The server does not keep this import any more.',
}

/** Says what a panel shows: its own upload while that is under way, else the import that everybody follows. Pure. */
export function describeImport(
  upload: UploadView<unknown>,
  job: JobView<{ rows: number }>,
): ImportText {
  const { status, progress, sentBytes, totalBytes } = upload
  if (status !== 'sending' && status !== 'answering') {
    const problem = upload.error ? problemOf(upload.error) : ''
    return { ...describeJob(job, importWords), phase: job.phase, problem }
  }
  const isSending = status === 'sending'
  const title = isSending ? 'Sending' : 'Sent'
  const detail = isSending
    ? `${sayBytes(sentBytes)} of ${sayBytes(totalBytes)}`
    : 'Waiting for the server'
  return {
    phase: status,
    title,
    detail,
    summary: `${title}. ${detail}`,
    notice: '',
    percent: progress,
    canStart: false,
    canCancel: isSending,
    problem: '',
  }
}

function problemOf(error: HeadwayError): string {
  const isTooLarge = error instanceof RpcError && error.status === 413
  return isTooLarge ? 'The file is too large: 10 MB at most.' : error.message
}
