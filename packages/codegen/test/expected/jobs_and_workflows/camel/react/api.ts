// Made by headway generate. Changes are lost the next time it runs.
import type { JobDefinition, WorkflowDefinition } from '@headway/core'
import {
  type UsedJob,
  type UsedWorkflow,
  type UseJobOptions,
  type UseWorkflowOptions,
  useJob,
  useWorkflow,
} from '@headway/react'
import { exportUsersCodec, verifyAccountCodec } from './convert'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types'

/** Writes all users to a file. */
export const exportUsers: JobDefinition<{ request: ExportRequest }, ExportResult> = {
  kind: 'job',
  name: 'export_users',
  codec: exportUsersCodec,
}

/** Writes all users to a file. */
export const useExportUsers = (
  options?: UseJobOptions<{ request: ExportRequest }, ExportResult>,
): UsedJob<{ request: ExportRequest }, ExportResult> => useJob(exportUsers, options)

/** Asks somebody whether an address is theirs. */
export const verifyAccount: WorkflowDefinition<VerifyInput, VerifyOutput> = {
  kind: 'workflow',
  name: 'verify_account',
  codec: verifyAccountCodec,
}

/** Asks somebody whether an address is theirs. */
export const useVerifyAccount = (
  options?: UseWorkflowOptions<VerifyInput, VerifyOutput>,
): UsedWorkflow<VerifyInput, VerifyOutput> => useWorkflow(verifyAccount, options)
