import { type HeadwayError, type JobView, RpcError } from '@headway/core'
import type { UploadView } from '@headway/core/upload'
import { formatBytes } from './amount-text.ts'
import { describeJob, type JobText, type JobWords } from './job-text.ts'

/** An import in words and numbers: the upload, then the job. */
export interface ImportText extends JobText {
  phase: JobView<unknown>['phase'] | 'sending' | 'answering'
  /** The reason why the server refused the file; empty if it did not. */
  problem: string
}

const importWords: JobWords = {
  nothing: 'Nothing imported yet',
  hint: 'Choose a CSV file in any panel: all four follow.',
  done: (rows) => `${rows.toLocaleString('en')} users imported`,
  missing: 'The server no longer has this import.',
}

/** The panel after a file that the server refused. */
const refused: Omit<ImportText, 'problem'> = {
  phase: 'failed',
  title: 'Not imported',
  detail: '',
  summary: 'Not imported',
  notice: '',
  percent: 0,
  number: '',
  canStart: true,
  canCancel: false,
}

/**
 * The texts of the import panel: its own upload while that runs, otherwise the page's import. Pure.
 *
 * @param now epoch milliseconds
 * @param refusal the error of the page's newest upload: a panel's own older one is over
 */
export function describeImport(
  upload: UploadView<unknown>,
  job: JobView<{ rows: number }>,
  now: number,
  refusal: unknown,
): ImportText {
  const { status, progress, sentBytes, totalBytes } = upload
  if (status !== 'sending' && status !== 'answering') {
    const text = describeJob(job, now, importWords)
    if (!upload.error || upload.error !== refusal) {
      return { ...text, phase: job.phase, problem: '' }
    }
    const problem = problemOf(upload.error)
    // The error of an earlier import beside the newer one would look like a part of it.
    if (job.phase === 'failed' || job.phase === 'missing') return { ...refused, problem }
    return { ...text, phase: job.phase, problem }
  }
  const isSending = status === 'sending'
  const title = isSending ? 'Sending' : 'Sent'
  const detail = isSending
    ? `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`
    : 'Waiting for the server'
  return {
    phase: status,
    title,
    detail,
    summary: `${title}. ${detail}`,
    notice: '',
    percent: progress,
    number: `${progress} %`,
    canStart: false,
    canCancel: isSending,
    problem: '',
  }
}

function problemOf(error: HeadwayError): string {
  const isTooLarge = error instanceof RpcError && error.status === 413
  return isTooLarge ? 'The file is too large: 10 MB at most.' : error.message
}
