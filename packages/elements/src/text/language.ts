import { createFormats, type Formats } from './formats.ts'
import { defaultMessages, type Messages } from './messages.ts'

/** The language of an element: its texts, and its numbers and times. */
export interface Language {
  messages: Messages
  formats: Formats
}

/** The language with this tag. The later messages replace those before. */
export function createLanguage(
  locale?: string,
  ...messages: readonly Partial<Messages>[]
): Language {
  return {
    messages: Object.assign({}, defaultMessages, ...messages),
    formats: createFormats(locale),
  }
}
