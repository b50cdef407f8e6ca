export { failure, success } from './fake-answers.ts'
export { createFakeClient, type FakeClient, type FakeScript } from './fake-client.ts'
export {
  createFakeGateway,
  type FakeGateway,
  type FakeGatewayOptions,
  type FakeRequest,
  type FakeRun,
  type Intercept,
} from './fake-gateway.ts'
