import type * as api from '../generated/api.ts'
import { type Calls, named } from './calls-of.ts'
import { more, several, shapes } from './shapes.ts'

const nobody = '0b5a0f0e-8f7c-4f61-9d0a-3f2f5e2f7d12'
const text = (name: string, content: string): File =>
  new File([content], name, { type: 'text/plain' })
const received = (name: string, content: string) => ({
  name,
  contentType: 'text/plain',
  text: content,
})

/**
 * Calls of every function of the Forge app, and what comes of them. It is checked against what is
 * generated for each target; with `--case wire` the names of members are in snake_case.
 */
export const calls: Calls<typeof api> = {
  ...named('ask', { ...shapes, ...more, ...several }),
  ...named('tell', { ...shapes, ...more, ...several }),
  ...named('run', { ...shapes, ...more }),
  ...named('flow', shapes),

  listNotes: [{ args: { topic: 'empty' }, output: [] }],
  addNote: [{ args: { topic: 'calls', text: 'hello' }, output: { topic: 'calls', text: 'hello' } }],

  exportUsers: [{ args: { format: 'csv' }, output: { fileFormat: 'csv', rowCount: 10 } }],
  countdown: [{ args: { seconds: 1 }, as: 'user', output: 1 }],
  flaky: [{ args: { label: 'x' }, output: 'x, at attempt 2' }],
  hopeless: [{ args: { label: 'it' }, fails: 'JobFailed Validation error: it cannot be done' }],
  silent: [{ args: { label: 'x' }, output: null }],
  holdSeat: [{ args: { seat: '12A' }, meanwhile: 'cancel', fails: 'JobCancelled' }],
  cancel: [{ args: { jobId: nobody, reason: 'of nobody' }, output: false }],

  signUp: [
    {
      args: { emailAddress: 'ada@example.com' },
      meanwhile: 'confirm',
      output: { emailAddress: 'ada@example.com', isConfirmed: true },
    },
  ],
  confirm: [{ args: { runId: nobody, isConfirmed: true }, output: null }],
  breakDown: [{ args: { reason: 'no fuel' }, fails: 'JobFailed Validation error: no fuel' }],
  bookTrip: [
    {
      args: { city: 'Oslo' },
      fails: 'JobFailed Validation error: no room is free in Oslo',
    },
  ],

  whoAmI: [{ args: null, as: 'user', output: '7c0f7d6e-52a1-4c52-8a3e-0c8d1f1f0a01' }],
  askAdmin: [{ args: { question: 'x' }, as: 'admin', output: 'x' }],
  // First nobody, then a user: that is the order in which they call.
  tellAdmin: [
    { args: { news: 'x' }, fails: 'RpcError UNAUTHORIZED: Authentication required' },
    { args: { news: 'x' }, as: 'user', fails: "RpcError FORBIDDEN: Role 'admin' required" },
    { args: { news: 'x' }, as: 'admin', output: 'x' },
  ],
  runAdmin: [{ args: { task: 'x' }, as: 'admin', output: 'x' }],
  halve: [
    { args: { number: 4 }, output: 2 },
    { args: { number: 3 }, fails: 'RpcError VALIDATION_ERROR: 3 is odd' },
  ],
  find: [{ args: { name: 'x' }, fails: 'RpcError NOT_FOUND: x' }],

  uploadFile: [{ args: { file: text('a.txt', 'Grüße') }, output: received('a.txt', 'Grüße') }],
  uploadAvatar: [
    {
      args: { userName: 'ada', picture: text('a.txt', 'a'), background: text('b.txt', 'b') },
      output: [received('a.txt', 'a'), received('b.txt', 'b')],
    },
    {
      args: { userName: 'ada', picture: text('a.txt', 'a') },
      output: [received('a.txt', 'a')],
    },
  ],
  uploadPassport: [
    {
      args: { front: text('a.txt', 'a'), back: text('b.txt', 'b'), validUntil: '2030' },
      output: [received('a.txt', 'a'), received('b.txt', 'b'), '2030'],
    },
  ],
  scanFile: [{ args: { file: text('a.txt', 'a') }, output: received('a.txt', 'a') }],
  uploadMaybe: [
    { args: { file: text('a.txt', 'a') }, output: received('a.txt', 'a') },
    { args: {}, output: null },
  ],
}
