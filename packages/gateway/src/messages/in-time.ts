import { requestTooLate } from '../refusals/requests.ts'

/**
 * The answer, or a refusal once it has taken too long.
 *
 * @param onLate called with an answer that came after the refusal
 */
export async function inTime<T>(
  answer: Promise<T>,
  limitSecs: number,
  onLate: (answer: T) => void,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      answer.then(onLate).catch(() => undefined)
      reject(requestTooLate(limitSecs))
    }, limitSecs * 1_000)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
