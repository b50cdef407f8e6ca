/**
 * The pause after each part of the work, in milliseconds, so that people can watch it:
 * `HEADWAY_PACE_MS`, or 200. Without pauses the work takes a second.
 */
export const paceMs = Number(process.env.HEADWAY_PACE_MS ?? 200)
