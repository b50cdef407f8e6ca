/** A load balancer in front of several servers. It sends a client to another one each time. */
export interface Balancer {
  /** Its origin. */
  url: string
  /** What it has passed on so far. */
  traffic(): Promise<Traffic>
  close(): Promise<void>
}

/** Counts of what a balancer has passed on. */
export interface Traffic {
  /** The number of requests, or of connections, that each upstream has got, by its origin. */
  upstreams: Record<string, number>
  /**
   * The number of answers by method, path and status, such as `POST /_api/rpc/export 200`. Ids are
   * written as `{id}`. Empty if the balancer passes on connections, whose content it does not read.
   */
  answers: Record<string, number>
}

/** Collects {@link Traffic}. */
export interface TrafficCounter {
  traffic: Traffic
  sent(upstream: string): void
  answered(method: string, url: string, status: number): void
}

/** A counter at 0. */
export function countTraffic(): TrafficCounter {
  const traffic: Traffic = { upstreams: {}, answers: {} }
  const add = (counts: Record<string, number>, key: string): void => {
    counts[key] = (counts[key] ?? 0) + 1
  }
  return {
    traffic,
    sent: (upstream) => add(traffic.upstreams, upstream),
    answered(method, url, status) {
      const [path = ''] = url.split('?')
      add(traffic.answers, `${method} ${path.replace(uuid, '{id}')} ${status}`)
    },
  }
}

const uuid = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi

/** Gives the upstreams in the order in which to try them: each call begins with the next one. */
export function takeTurns(upstreams: readonly string[]): () => string[] {
  let next = 0
  return () => {
    const first = next++ % upstreams.length
    return [...upstreams.slice(first), ...upstreams.slice(0, first)]
  }
}
