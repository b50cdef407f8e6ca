import { type Asker, nameAsker } from '../access/principal.ts'
import { noRoomFor } from '../refusals/requests.ts'
import { type ByteRoom, createByteRoom, smallBytes } from './byte-room.ts'

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
  return { enter: (asker) => new Place(room, nameAsker(asker)) }
}

/** A class, since every request has one. */
class Place implements BodyPlace {
  readonly #room: ByteRoom
  readonly #asker: string
  #own = 0

  constructor(room: ByteRoom, asker: string) {
    this.#room = room
    this.#asker = asker
  }

  take(bytes: number): void {
    if (this.#own + bytes > smallBytes && this.#room.isFull(this.#asker)) throw noRoomFor('bodies')
    this.#own += bytes
    this.#room.add(this.#asker, bytes)
  }

  leave(): void {
    this.#room.add(this.#asker, -this.#own)
    this.#own = 0
  }
}
