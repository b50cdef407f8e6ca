export { announcement } from './announcement.ts'
export { exportUsers } from './export-users.ts'
export { describeJob, type JobText } from './job-text.ts'
export { createPageState, type PageState } from './page-state.ts'
