import { type Asker, nameAsker } from '../access/principal.ts'
import { createLanes, type Lanes } from '../live/lanes.ts'
import { answerFull, noRoomFor } from '../refusals/requests.ts'
import { type ByteRoom, createByteRoom, type RoomLimits, smallBytes } from './byte-room.ts'

/** The maximum numbers of bytes of snapshots and results that are held at the same time. */
export interface AnswerLimits extends RoomLimits {
  /** In one answer: more only when it is a single one. */
  perAnswer: number
}

/** The limits of a gateway. */
const defaultLimits: AnswerLimits = {
  perAnswer: 4 * 1_048_576,
  perAsker: 16 * 1_048_576,
  all: 64 * 1_048_576,
}

/** The number of large snapshots that are read from the database at the same time. */
const mostLoads = 2

/**
 * Room for the answers of one gateway: they are held in memory until their readers have taken them.
 */
export interface AnswerRoom {
  /** The place of one answer. It takes no room before something is put there. */
  enter(asker: Asker): AnswerPlace
}

/** The room of one answer. */
export interface AnswerPlace {
  /**
   * Takes room for a number of bytes. Throws an {@link HttpError}, 503, when there is none: a later
   * request may get it.
   */
  take(bytes: number): void
  /**
   * Throws an {@link HttpError}, 503, while too much is held: asked before something has an effect.
   */
  checkHold(): void
  /** Takes it without asking: the effect is had, so the answer is sent however much there is. */
  hold(bytes: number): void
  /**
   * Makes something large and takes its room, a few at the same time. Rejects as `take` throws, if
   * possible before anything is made.
   */
  load<T extends { bytes: number }>(make: () => Promise<T>): Promise<T>
  isTaken(): boolean
  /** Gives the room back: the answer is out, or its connection is closed. */
  leave(): void
}

/**
 * Answers are bounded in bytes: a request of a few bytes may ask for the largest output a hundred
 * times.
 *
 * @see PROTOCOL.md, "Large answers"
 */
export function createAnswerRoom(limits: AnswerLimits = defaultLimits): AnswerRoom {
  const rooms = {
    lanes: createLanes(mostLoads),
    room: createByteRoom(limits),
    held: createByteRoom(limits),
    perAnswer: limits.perAnswer,
  }
  return { enter: (asker) => new Place(rooms, nameAsker(asker)) }
}

/** The shared part of all places of a gateway. */
interface Rooms {
  lanes: Lanes
  room: ByteRoom
  /** Results of mutations, which are counted once more: large snapshots must not stop mutations. */
  held: ByteRoom
  perAnswer: number
}

/** A class, since every request has one. */
class Place implements AnswerPlace {
  readonly #rooms: Rooms
  readonly #asker: string
  #own = 0
  #ownHeld = 0
  #isFull = false

  constructor(rooms: Rooms, asker: string) {
    this.#rooms = rooms
    this.#asker = asker
  }

  take(bytes: number): void {
    // Small answers are let in, however many large ones there are.
    if (bytes > smallBytes) this.#check()
    // The first always fits: else a state larger than an answer would never be sent.
    if (this.#own > 0 && this.#own + bytes > this.#rooms.perAnswer) {
      this.#isFull = true
      throw answerFull()
    }
    this.#add(bytes)
  }

  checkHold(): void {
    if (this.#rooms.held.isFull(this.#asker)) throw noRoomFor('answers')
  }

  hold(bytes: number): void {
    this.#add(bytes)
    this.#ownHeld += bytes
    this.#rooms.held.add(this.#asker, bytes)
  }

  load<T extends { bytes: number }>(make: () => Promise<T>): Promise<T> {
    return this.#rooms.lanes.run(false, async () => {
      this.#check()
      const made = await make()
      this.take(made.bytes)
      return made
    })
  }

  isTaken(): boolean {
    return this.#own > 0
  }

  leave(): void {
    this.#add(-this.#own)
    this.#rooms.held.add(this.#asker, -this.#ownHeld)
    this.#ownHeld = 0
  }

  #check(): void {
    if (this.#isFull) throw answerFull()
    if (this.#rooms.room.isFull(this.#asker)) throw noRoomFor('answers')
  }

  #add(bytes: number): void {
    this.#own += bytes
    this.#rooms.room.add(this.#asker, bytes)
  }
}
