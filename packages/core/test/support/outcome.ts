import { settled } from '../../src/testing/fake-time.ts'

/** What a promise is by now: `pending`, or how it has settled. */
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
