// Made by headway generate. Changes are lost the next time it runs.
import {
  type Client,
  defineJob,
  defineWorkflow,
  type JobDefinition,
  type JobHandle,
  type WorkflowDefinition,
  type WorkflowHandle,
  withCodec,
} from '@headway/core'
import { exportUsersCodec } from './convert.js'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types.js'

/** Writes all users to a file. */
export const exportUsers: JobDefinition<{ request: ExportRequest }, ExportResult> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('export_users'), exportUsersCodec)

/** Writes all users to a file. */
export const trackExportUsers = (
  client: Client,
  args: { request: ExportRequest },
): JobHandle<ExportResult> => client.start(exportUsers, args)

/** Asks somebody whether an address is theirs. */
export const verifyAccount: WorkflowDefinition<VerifyInput, VerifyOutput> =
  /* @__PURE__ */ defineWorkflow('verify_account')

/** Asks somebody whether an address is theirs. */
export const trackVerifyAccount = (
  client: Client,
  args: VerifyInput,
): WorkflowHandle<VerifyOutput> => client.start(verifyAccount, args)
