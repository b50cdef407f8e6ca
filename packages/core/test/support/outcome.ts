import { settled } from '../../src/testing/fake-time.ts'

/** The current state of a promise: `pending`, or how it has settled. */
export async function outcomeOf(
  promise: Promise<unknown>,
): Promise<'pending' | 'resolved' | 'rejected'> {
  let outcome: 'pending' | 'resolved' | 'rejected' = 'pending'
  promise.then(
    () => {
      outcome = 'resolved'
    },
    () => {
      outcome = 'rejected'
    },
  )
  await settled()
  return outcome
}
