import type { Recording } from './recording.ts'
import type { Loaded } from './targets.ts'

/** The command that records anew. */
export const howToRecord = 'run npm run test:forge -- -u'

/**
 * All by which a recording is not of this app and these calls, a line each; empty when it is.
 *
 * @param hash of what the app is made of now
 */
export function staleness(
  recording: Recording,
  loaded: Pick<Loaded, 'calls' | 'wireNames'>,
  hash: string,
): string[] {
  const lines: string[] = []
  if (recording.hash !== hash) lines.push(`the Forge app has changed: ${howToRecord}`)
  const recorded = countBy(
    Object.values(recording.calls)
      .flat()
      .map((call) => call.function),
  )
  const expected = new Map<string, number>()
  for (const [name, wireName] of Object.entries(loaded.wireNames)) {
    const count = loaded.calls[name]?.length ?? 0
    if (count === 0) lines.push(`${name} has no call in calls.ts: add one, and ${howToRecord}`)
    expected.set(wireName, count)
  }
  for (const name of Object.keys(loaded.calls)) {
    if (!(name in loaded.wireNames)) lines.push(`${name} in calls.ts is no function of the app`)
  }
  for (const name of new Set([...expected.keys(), ...recorded.keys()])) {
    const [now = 0, then = 0] = [expected.get(name), recorded.get(name)]
    if (now !== then) lines.push(`${name} has ${now} calls, and ${then} recorded: ${howToRecord}`)
  }
  return lines
}

function countBy(names: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
