import { createFormats, type Formats } from './formats.ts'
import type { RunMessages } from './run-messages.ts'

/** The language of an element: its texts, and its numbers and times. */
export interface Language<TMessages = RunMessages> {
  messages: Readonly<TMessages>
  formats: Formats
}

/** The language with this tag. Later messages replace those before. */
export function createLanguage<TMessages>(
  locale: string,
  defaults: TMessages,
  ...messages: readonly object[]
): Language<TMessages> {
  return { messages: Object.assign({}, defaults, ...messages), formats: createFormats(locale) }
}
