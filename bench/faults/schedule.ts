/** The drops of one client: how long each lasts, how often one comes, and how many. */
export interface Drops {
  downMs: number
  everyMs: number
  times: number
}

/**
 * As in AnyCable's benchmark: away for two seconds, every fifteen.
 *
 * @see https://github.com/anycable/nodejs-websocket-bench
 */
export const drops: Drops = { downMs: 2_000, everyMs: 15_000, times: 4 }

/** The jobs that every client follows. */
export const jobs = 10

/**
 * States per second to all clients together. One processor holds 10,000 with nothing to spare: the
 * clients need more than half of it for their reconnects.
 */
const statesPerSecond = 4_000

/** The most clients of one process: each takes a few files of its proxy. */
const clientsPerProcess = 2_500

/**
 * The times at which a client loses its connection, in milliseconds. The clients are spread over
 * the whole interval, so that at each moment some are away. Pure.
 */
export function dropTimes(client: number, clients: number, { everyMs, times }: Drops): number[] {
  const first = (everyMs * client) / clients
  return Array.from({ length: times }, (_, time) => first + time * everyMs)
}

/** The time at which the last client is back from its last drop, at most, in milliseconds. Pure. */
export function dropsMs({ downMs, everyMs, times }: Drops): number {
  return everyMs * times + downMs
}

/** The time at which each job ends: one after the other, the last one at `overMs`. Pure. */
export function endTimes(overMs: number): number[] {
  return Array.from({ length: jobs }, (_, job) => (overMs * (job + 1)) / jobs)
}

/** The milliseconds between two moves of one job: a second, or longer with many clients. Pure. */
export function moveEveryMs(clients: number): number {
  return Math.max(1_000, ((jobs * clients) / statesPerSecond) * 1_000)
}

/** The clients of each process, as their first number and how many. Pure. */
export function shares(clients: number): { first: number; clients: number }[] {
  const processes = Math.ceil(clients / clientsPerProcess)
  return Array.from({ length: processes }, (_, share) => {
    const first = Math.floor((clients * share) / processes)
    return { first, clients: Math.floor((clients * (share + 1)) / processes) - first }
  })
}
