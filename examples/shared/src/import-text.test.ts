import { HeadwayError, idleJob, type JobView, RpcError } from '@headway/core'
import { idleUpload, type UploadView } from '@headway/core/upload'
import { expect, it } from 'vitest'
import { importAnnouncement } from './announcement.ts'
import { describeImport, type ImportText } from './import-text.ts'

type Job = JobView<{ rows: number }>
type Upload = UploadView<{ job: string }>
const job = (fields: Partial<Job>): Job => ({
  ...idleJob,
  sync: { status: 'live', since: 0, reason: null },
  ...fields,
})
const upload = (fields: Partial<Upload>): Upload => ({ ...idleUpload, ...fields })
const idle = job({})
const running = job({
  jobId: '1',
  phase: 'running',
  isActive: true,
  progress: 40,
  message: 'row 4,000 of 10,000',
})
const done = job({ jobId: '1', phase: 'succeeded', isDone: true, output: { rows: 10_000 } })
const tooLarge = new RpcError('file is larger than 10485760 bytes', {
  code: 'FILE_TOO_LARGE',
  status: 413,
  retryAfterMs: null,
  details: null,
})

it.each<[string, Upload, Job, Partial<ImportText>]>([
  [
    'nothing yet',
    idleUpload,
    idle,
    { phase: 'idle', title: 'Nothing imported yet', percent: 0, number: '', problem: '' },
  ],
  [
    'sending while another import runs',
    upload({ status: 'sending', progress: 42, sentBytes: 2_100_000, totalBytes: 5_000_000 }),
    running,
    {
      phase: 'sending',
      summary: 'Sending. 2.1 MB of 5.0 MB',
      percent: 42,
      canStart: false,
      canCancel: true,
    },
  ],
  [
    'sent, not answered',
    upload({ status: 'answering', progress: 100 }),
    idle,
    { phase: 'answering', summary: 'Sent. Waiting for the server', canCancel: false },
  ],
  [
    'running',
    upload({ status: 'success', progress: 100, data: { job: '1' } }),
    running,
    { phase: 'running', summary: 'Running. row 4,000 of 10,000', percent: 40, canCancel: true },
  ],
  ['done', idleUpload, done, { detail: '10,000 users imported', percent: 100, canStart: true }],
  [
    'too large, beside an earlier import',
    upload({ status: 'error', error: tooLarge }),
    done,
    { detail: '10,000 users imported', problem: 'The file is too large: 10 MB at most.' },
  ],
  [
    'too large, after an import that failed: one error is shown, the newest',
    upload({ status: 'error', error: tooLarge }),
    job({ jobId: '1', phase: 'failed', isDone: true, error: 'Line 2 is empty' }),
    {
      phase: 'failed',
      summary: 'Not imported',
      detail: '',
      problem: 'The file is too large: 10 MB at most.',
      canStart: true,
    },
  ],
  [
    'refused',
    upload({ status: 'error', error: new HeadwayError('“a.png” is not a CSV file') }),
    idle,
    { problem: '“a.png” is not a CSV file', canStart: true },
  ],
])('%s', (_, sent, followed, expected) => {
  expect(describeImport(sent, followed, 0, sent.error)).toMatchObject(expected)
})

it('a refusal is over once a newer import is followed', () => {
  const sent = upload({ status: 'error', error: tooLarge })
  expect(describeImport(sent, done, 0, null)).toMatchObject({
    phase: 'succeeded',
    detail: '10,000 users imported',
    problem: '',
  })
})

it('screen readers hear of an import as of an export', () => {
  const queued = job({ jobId: '1', phase: 'queued', isActive: true })
  expect(importAnnouncement(idle, queued)).toBe('Import: started')
  expect(importAnnouncement(queued, running)).toBe('Import: 25 %')
  expect(importAnnouncement(running, done)).toBe('Import: Completed. 10,000 users imported')
})
