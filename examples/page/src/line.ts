/** The page's own line to the gateway, which can be cut without cutting any other page off. */
export interface Line {
  /** The address for the client. */
  url: string
  /** Cuts it. Resolves with the time after which it is connected anyway, in milliseconds. */
  cut(): Promise<number>
  connect(): Promise<void>
}

/** A new line. A reload takes another one, so a page that was left keeps nobody cut off. */
export function createLine(): Line {
  // Short, since errors name it: it is no secret, and there are few lines.
  const id = crypto.randomUUID().slice(0, 8)
  return {
    url: `${location.origin}/line/${id}`,
    async cut() {
      const { longestMs } = await askDemo<{ longestMs: number }>(`cut?line=${id}`)
      return longestMs
    },
    async connect() {
      await askDemo(`connect?line=${id}`)
    },
  }
}

/** Asks the demo's server for something. Rejects with an error that has a message for users. */
export async function askDemo<T>(what: string): Promise<T> {
  const response = await fetch(`/demo/${what}`, { method: 'POST' })
  if (response.status === 409) throw new Error('another one is about to start')
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return response.json()
}
