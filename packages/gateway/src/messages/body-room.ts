import { type Asker, nameAsker } from '../access/principal.ts'
import { noRoomFor } from '../refusals/requests.ts'
import { createByteRoom, smallBytes } from './byte-room.ts'

/**
 * Room for the bodies of requests: each is held in memory while it arrives, and in parsed form
 * until the request is answered.
 */
export interface BodyRoom {
  /** The place of one body. */
  enter(asker: Asker): BodyPlace
}

/** The room of one body. */
export interface BodyPlace {
  /** Takes room for more bytes. Throws an `HttpError`, 503, when there is none. */
  take(bytes: number): void
  /** Gives the room back: the request is answered. */
  leave(): void
}

/**
 * The number of bytes that may arrive at the same time, from one sender and from all of them. A
 * larger limit of a single body raises both.
 */
const [perAsker, all] = [16 * 1_048_576, 64 * 1_048_576]

/** @param maxBodyBytes how large a body may be: there is room for one of each asker at least */
export function createBodyRoom(maxBodyBytes: number): BodyRoom {
  const room = createByteRoom({
    perAsker: Math.max(perAsker, maxBodyBytes),
    all: Math.max(all, maxBodyBytes),
  })
  return {
    enter(asker) {
      const name = nameAsker(asker)
      let own = 0
      return {
        take(bytes) {
          if (own + bytes > smallBytes && room.isFull(name)) {
            throw noRoomFor('bodies')
          }
          own += bytes
          room.add(name, bytes)
        },
        leave() {
          room.add(name, -own)
          own = 0
        },
      }
    },
  }
}
