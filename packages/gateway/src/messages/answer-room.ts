import { type Asker, nameAsker } from '../access/principal.ts'
import { createLanes } from '../live/lanes.ts'
import { answerFull, noRoomFor } from '../refusals/requests.ts'
import { createByteRoom, type RoomLimits, smallBytes } from './byte-room.ts'

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
  const lanes = createLanes(mostLoads)
  const room = createByteRoom(limits)
  /** Results of mutations, which are counted once more: large snapshots must not stop mutations. */
  const held = createByteRoom(limits)
  return {
    enter(asker) {
      const name = nameAsker(asker)
      let own = 0
      let ownHeld = 0
      let isFull = false
      const check = (): void => {
        if (isFull) throw answerFull()
        if (room.isFull(name)) throw noRoomFor('answers')
      }
      const add = (bytes: number): void => {
        own += bytes
        room.add(name, bytes)
      }
      const take = (bytes: number): void => {
        // Small answers are let in, however many large ones there are.
        if (bytes > smallBytes) check()
        // The first always fits: else a state larger than an answer would never be sent.
        if (own > 0 && own + bytes > limits.perAnswer) {
          isFull = true
          throw answerFull()
        }
        add(bytes)
      }
      return {
        take,
        checkHold() {
          if (held.isFull(name)) throw noRoomFor('answers')
        },
        hold(bytes) {
          add(bytes)
          ownHeld += bytes
          held.add(name, bytes)
        },
        load: (make) =>
          lanes.run(false, async () => {
            check()
            const made = await make()
            take(made.bytes)
            return made
          }),
        isTaken: () => own > 0,
        leave() {
          add(-own)
          held.add(name, -ownHeld)
          ownHeld = 0
        },
      }
    },
  }
}
