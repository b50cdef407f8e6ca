import { isRecord } from '@headway/core/protocol'

/**
 * A parsed JSON value as text that is equal for equal values only: members are sorted, and numbers
 * that JSON text would confuse, such as `1e400` and `null`, stay apart. Pure.
 */
export function toCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonical).join()}]`
  if (isRecord(value)) {
    const members = Object.keys(value).sort()
    return `{${members.map((name) => `${JSON.stringify(name)}:${toCanonical(value[name])}`).join()}}`
  }
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return JSON.stringify(value) ?? 'null'
}
