import { pino } from 'pino'

/** Says nothing: these tests break things on purpose. `HEADWAY_LOG=debug` lets it speak. */
export const quiet = pino({ level: process.env.HEADWAY_LOG ?? 'silent' })
