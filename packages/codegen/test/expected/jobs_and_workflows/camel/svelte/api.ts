// Made by headway generate. Changes are lost the next time it runs.
import {
  defineJob,
  defineWorkflow,
  type JobDefinition,
  type WorkflowDefinition,
  withCodec,
} from '@headway/core'
import {
  createJobStore,
  createWorkflowStore,
  type JobStore,
  type WorkflowStore,
} from '@headway/svelte'
import { exportUsersCodec, verifyAccountCodec } from './convert'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types'

/** Writes all users to a file. */
export const exportUsers: JobDefinition<{ request: ExportRequest }, ExportResult> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('export_users'), exportUsersCodec)

/** Writes all users to a file. */
export const trackExportUsers = (args: { request: ExportRequest }): JobStore<ExportResult> =>
  createJobStore<{ request: ExportRequest }, ExportResult>('export_users', args, exportUsersCodec)

/** Asks somebody whether an address is theirs. */
export const verifyAccount: WorkflowDefinition<VerifyInput, VerifyOutput> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('verify_account'), verifyAccountCodec)

/** Asks somebody whether an address is theirs. */
export const trackVerifyAccount = (args: VerifyInput): WorkflowStore<VerifyOutput> =>
  createWorkflowStore<VerifyInput, VerifyOutput>('verify_account', args, verifyAccountCodec)
