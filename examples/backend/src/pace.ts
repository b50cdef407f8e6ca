/**
 * Work that takes a second when it may waits this many milliseconds after each part, so that people can watch:
 * `HEADWAY_PACE_MS`, else 120.
 */
export const paceMs = Number(process.env.HEADWAY_PACE_MS ?? 120)
