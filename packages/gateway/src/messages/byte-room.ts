/** How many bytes may be held at the same time. */
export interface RoomLimits {
  /** For one user, or for one address of anonymous clients. */
  perAsker: number
  /** For all of them. */
  all: number
}

/** Counts bytes that are held, for each asker and for all of them. */
export interface ByteRoom {
  /** Whether this asker has used up its room, or all together have used up theirs. */
  isFull(asker: string): boolean
  /** Holds so many more; a negative number gives them back. */
  add(asker: string, bytes: number): void
}

/**
 * Up to so many bytes a body or an answer is small: it is let in, however many large ones there
 * are.
 */
export const smallBytes = 16_384

/** Nobody holds anything yet. */
export function createByteRoom(limits: RoomLimits): ByteRoom {
  const perAsker = new Map<string, number>()
  let all = 0
  return {
    isFull: (asker) => all >= limits.all || (perAsker.get(asker) ?? 0) >= limits.perAsker,
    add(asker, bytes) {
      all += bytes
      const left = (perAsker.get(asker) ?? 0) + bytes
      if (left > 0) perAsker.set(asker, left)
      else perAsker.delete(asker)
    },
  }
}
