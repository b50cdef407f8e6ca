export { failure, success } from './fake-answers.ts'
export { createFakeClient, type FakeClient, type FakeScript } from './fake-client.ts'
export { createFakeGateway } from './fake-gateway.ts'
export type {
  FakeGateway,
  FakeGatewayOptions,
  FakeLabels,
  FakeRequest,
  FakeRun,
  Intercept,
} from './fake-gateway-api.ts'
