export {
  accountVerification,
  type VerificationEvents,
  verificationSteps,
} from './account-verification.ts'
export { announcement, importAnnouncement } from './announcement.ts'
export { exportUsers } from './export-users.ts'
export { describeExports, type ExportsText, type ExportText } from './exports-text.ts'
export { describeImport, type ImportText } from './import-text.ts'
export { importUsers, uploadUsers } from './import-users.ts'
export { describeJob, type JobText } from './job-text.ts'
export { keepFocus } from './keep-focus.ts'
export { deleteExport, type ListedExport, newestExports, withoutExport } from './newest-exports.ts'
export { createPageState, type PageState } from './page-state.ts'
export { safeUrl } from './safe-url.ts'
export { sampleCsv } from './sample-csv.ts'
export {
  describeWorkflow,
  type StepText,
  type WorkflowText,
  workflowAnnouncement,
} from './workflow-text.ts'
