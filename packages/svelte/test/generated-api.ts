import {
  createJobStore,
  createWorkflowStore,
  type JobStore,
  type WorkflowStore,
} from '../src/index.ts'

/** What the seed's templates import as `$lib/forge/api`. */
export const trackExportUsers = (args: object): JobStore<{ downloadUrl: string }> =>
  createJobStore<object, { downloadUrl: string }>('export_users', args)

export const trackSendReport = (args: { reportId: string }): JobStore<string> =>
  createJobStore<{ reportId: string }, string>('send_report', args)

export const trackAccountVerification = (args: { userId: string }): WorkflowStore<void> =>
  createWorkflowStore<{ userId: string }, void>('account_verification', args)
