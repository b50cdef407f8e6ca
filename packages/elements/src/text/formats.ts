/** Numbers, times and lists in one language. */
export interface Formats {
  number(value: number): string
  /** `value` is 0 to 100. */
  percent(value: number): string
  /** A time of the day; `at` is epoch milliseconds. */
  time(at: number): string
  /** The texts that are not empty, in one line. */
  list(texts: readonly string[]): string
}

const known: Record<string, Formats> = /* @__PURE__ */ Object.create(null)

/**
 * The formats of a language. Without one, or for a tag that is not well-formed, those of the
 * platform.
 *
 * @param locale a BCP 47 tag, such as `de` or `pt-BR`
 */
export function createFormats(locale = ''): Formats {
  known[locale] ??= tryFormats(locale)
  return known[locale]
}

function tryFormats(locale: string): Formats {
  try {
    return toFormats(locale || undefined)
  } catch {
    // A page may have any text in its `lang`.
    return toFormats()
  }
}

function toFormats(locale?: string): Formats {
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  return {
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    time: (at) => time.format(at),
    list: (texts) => list.format(texts.filter((text) => text)),
  }
}
