import { HttpError } from '../errors.ts'

/** The answer, or a refusal once it has taken too long. What is late goes on, and nobody hears of it. */
export async function inTime<T>(answer: Promise<T>, limitSecs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const refusal = { status: 408, code: 'REQUEST_TIMEOUT', shape: 'A' } as const
      reject(new HttpError(`The request took more than ${limitSecs} s: try again`, refusal))
    }, limitSecs * 1_000)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    answer.catch(() => undefined)
  }
}
