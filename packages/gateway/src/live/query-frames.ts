/** A result, and how new it is. */
export interface QueryState {
  /** As JSON text. */
  text: string
  revision: number
}

/** A result as an event about a target: those that chose the same id share one. */
export function createQueryFrames({ text, revision }: QueryState): (target: string) => string {
  let last: string | null = null
  let frame = ''
  return (target) => {
    if (target === last) return frame
    last = target
    const head = `"type":"update","target":${JSON.stringify(target)}`
    frame = `event: update\ndata: {${head},"payload":${text},"revision":${revision}}\n\n`
    return frame
  }
}
