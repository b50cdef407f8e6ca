/** The maximum numbers of bytes that are held at the same time. */
export interface RoomLimits {
  /** For one user, or for one address of anonymous clients. */
  perAsker: number
  /** For all of them. */
  all: number
}

/** Counts bytes that are held, for each asker and for all of them. */
export interface ByteRoom {
  /** The sender, or all senders together, have used up their room. */
  isFull(asker: string): boolean
  /** Holds more bytes; a negative number releases them. */
  add(asker: string, bytes: number): void
}

/** Bodies and answers of up to this number of bytes always get room. */
export const smallBytes = 16_384

/** An empty room. */
export function createByteRoom(limits: RoomLimits): ByteRoom {
  const perAsker = new Map<string, number>()
  let all = 0
  return {
    isFull: (asker) => all >= limits.all || (perAsker.get(asker) ?? 0) >= limits.perAsker,
    add(asker, bytes) {
      if (bytes === 0) return
      all += bytes
      const left = (perAsker.get(asker) ?? 0) + bytes
      if (left > 0) perAsker.set(asker, left)
      else perAsker.delete(asker)
    },
  }
}
