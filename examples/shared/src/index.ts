export {
  accountVerification,
  type VerificationEvents,
  verificationSteps,
} from './account-verification.ts'
export { announcement } from './announcement.ts'
export { exportUsers } from './export-users.ts'
export { describeJob, type JobText } from './job-text.ts'
export { createPageState, type PageState } from './page-state.ts'
export {
  describeWorkflow,
  type StepText,
  type WorkflowText,
  workflowAnnouncement,
} from './workflow-text.ts'
