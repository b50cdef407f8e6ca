import { requestTooLate } from '../refusals/requests.ts'

/**
 * The answer to a request, or a refusal once it has taken too long. Unlike `within`, its timer
 * keeps the process alive: the client waits for the refusal. A late answer may be a stream or hold
 * room in memory, so it goes to `onLate`.
 *
 * @param onLate called with an answer that came after the refusal
 */
export function inTime<T>(
  answer: Promise<T>,
  limitSecs: number,
  onLate: (answer: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      answer.then(onLate).catch(() => undefined)
      reject(requestTooLate(limitSecs))
    }, limitSecs * 1_000)
    answer.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
