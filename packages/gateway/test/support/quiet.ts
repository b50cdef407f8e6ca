import { type Logger, pino } from 'pino'

/** Says nothing: these tests break things on purpose. `HEADWAY_LOG=debug` lets it speak. */
export const quiet: Logger = pino({ level: process.env.HEADWAY_LOG ?? 'silent' })
