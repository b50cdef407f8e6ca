import { HttpError } from '../errors.ts'

/**
 * The answer, or a refusal once it has taken too long.
 *
 * @param onLate told of an answer that nobody waits for any more
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
      const refusal = { status: 408, code: 'REQUEST_TIMEOUT', shape: 'A' } as const
      reject(new HttpError(`The request took more than ${limitSecs} s: try again`, refusal))
    }, limitSecs * 1_000)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
