export {
  type Actions,
  type AdapterUnderTest,
  type Ask,
  type Mounted,
  type Probe,
  toText,
} from './adapter-under-test.ts'
export { describeAdapter } from './describe-adapter.ts'
export { createShyStore } from './shy-store.ts'
