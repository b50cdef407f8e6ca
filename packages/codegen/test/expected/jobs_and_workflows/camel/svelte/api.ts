// Made by headway generate. Changes are lost the next time it runs.
import type { JobDefinition, WorkflowDefinition } from '@headway/core'
import {
  createJobStore,
  createWorkflowStore,
  type JobStore,
  type WorkflowStore,
} from '@headway/svelte'
import { exportUsersCodec, verifyAccountCodec } from './convert'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types'

/** Writes all users to a file. */
export const exportUsers: JobDefinition<{ request: ExportRequest }, ExportResult> = {
  kind: 'job',
  name: 'export_users',
  codec: exportUsersCodec,
}

/** Writes all users to a file. */
export const trackExportUsers = (args: { request: ExportRequest }): JobStore<ExportResult> =>
  createJobStore<{ request: ExportRequest }, ExportResult>('export_users', args, exportUsersCodec)

/** Asks somebody whether an address is theirs. */
export const verifyAccount: WorkflowDefinition<VerifyInput, VerifyOutput> = {
  kind: 'workflow',
  name: 'verify_account',
  codec: verifyAccountCodec,
}

/** Asks somebody whether an address is theirs. */
export const trackVerifyAccount = (args: VerifyInput): WorkflowStore<VerifyOutput> =>
  createWorkflowStore<VerifyInput, VerifyOutput>('verify_account', args, verifyAccountCodec)
