export { formatAge } from './amount-text.ts'
export { announcement, importAnnouncement } from './announcement.ts'
export { jobs, mutations, queries, workflows } from './api.ts'
export { type BatchFile, batchFiles } from './batch-files.ts'
export {
  type BatchText,
  batchAnnouncement,
  describeBatch,
  describeFile,
  describeFiles,
} from './batch-text.ts'
export { describeExports, type ExportsText, type ExportText } from './exports-text.ts'
export { describeImport, type ImportText } from './import-text.ts'
export { describeJob, type JobText } from './job-text.ts'
export { keepFocus } from './keep-focus.ts'
export { type ListedExport, withoutExport } from './listed-export.ts'
export { createPageState, type PageState, type Scenario, scenarios } from './page-state.ts'
export {
  describeRun,
  describeRuns,
  type ExportRow,
  type ListedJob,
  type RunsText,
  type RunText,
  runsAnnouncement,
} from './runs-text.ts'
export { safeUrl } from './safe-url.ts'
export { sampleCsv } from './sample-csv.ts'
export { verificationSteps } from './verification-steps.ts'
export {
  describeWorkflow,
  type StepText,
  type WorkflowText,
  workflowAnnouncement,
} from './workflow-text.ts'
