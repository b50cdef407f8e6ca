// Made by headway generate. Changes are lost the next time it runs.
import type {
  Client,
  JobDefinition,
  JobHandle,
  WorkflowDefinition,
  WorkflowHandle,
} from '@headway/core'
import { exportUsersCodec, verifyAccountCodec } from './convert.js'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types.js'

/** Writes all users to a file. */
export const exportUsers: JobDefinition<{ request: ExportRequest }, ExportResult> = {
  kind: 'job',
  name: 'export_users',
  codec: exportUsersCodec,
}

/** Writes all users to a file. */
export const trackExportUsers = (
  client: Client,
  args: { request: ExportRequest },
): JobHandle<ExportResult> => client.start(exportUsers, args)

/** Asks somebody whether an address is theirs. */
export const verifyAccount: WorkflowDefinition<VerifyInput, VerifyOutput> = {
  kind: 'workflow',
  name: 'verify_account',
  codec: verifyAccountCodec,
}

/** Asks somebody whether an address is theirs. */
export const trackVerifyAccount = (
  client: Client,
  args: VerifyInput,
): WorkflowHandle<VerifyOutput> => client.start(verifyAccount, args)
