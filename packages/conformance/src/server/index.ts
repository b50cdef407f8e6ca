export { describeServer } from './describe-server.ts'
export type { ServerUnderTest } from './server-under-test.ts'
