import { describeError } from '../describe-error.ts'

/** The title and the tags of a run, for lists. */
export interface Labels {
  /** 1 to 200 UTF-16 units, for people; `null` without one. */
  title: string | null
  /** Up to 10 texts of 1 to 64 UTF-16 units each, without repetitions. */
  tags: readonly string[]
}

/** The labels of a run that was started without any. */
export const noLabels: Labels = { title: null, tags: [] }

export const maxTitleChars = 200
const maxTags = 10
const maxTagChars = 64

/** The labels of a start, or the problem with them in words. Pure. @see PROTOCOL.md, "Lists" */
export function toLabels({ title = null, tags = null }: Record<string, unknown>): Labels | string {
  if (title !== null && !isText(title, maxTitleChars)) {
    return `title is ${describe(title)}: give 1 to ${maxTitleChars} characters`
  }
  if (tags === null) return { title, tags: [] }
  if (!Array.isArray(tags)) return `tags is ${describe(tags)}: give a list of texts`
  if (tags.length > maxTags) return `tags has ${tags.length} texts: give at most ${maxTags}`
  const wrong = tags.findIndex((tag) => !isText(tag, maxTagChars))
  if (wrong === -1) return { title, tags: [...new Set(tags as string[])] }
  return `tags.${wrong} is ${describe(tags[wrong])}: give 1 to ${maxTagChars} characters`
}

/** PostgreSQL cannot hold NUL, nor half a character. */
function isText(value: unknown, maxChars: number): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= maxChars &&
    value.isWellFormed() &&
    !value.includes('\0')
  )
}

function describe(value: unknown): string {
  try {
    return String(JSON.stringify(value)).slice(0, 40)
  } catch {
    // JSON has no big integers and no circles.
    return describeError(value).slice(0, 40)
  }
}
