/**
 * The answer, or an error that names `who` when it is late. A late answer is ignored. `inTime` is
 * for requests of clients: it rejects with a refusal, and its late answers have to be cleaned up.
 */
export async function within<T>(limitMs: number, answer: Promise<T>, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`${who} did not answer within ${limitMs} ms`)
    // The timer must not keep the process alive. After a busy or paused time it fires before
    // answers that have arrived are read: those are read first.
    timer = setTimeout(() => setImmediate(reject, error), limitMs).unref()
  })
  answer.catch(() => undefined)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
