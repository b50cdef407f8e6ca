import { ConfigurationError } from '../errors.ts'

/** Names of hosts, as browsers write them into `Origin`: lower case, IDNA encoded. */
const label = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?'
const port = '(?::[0-9]{1,5})?'
const wildcard = new RegExp(`^(https?://)\\*(\\.${label}(?:\\.${label})+${port})$`)
/**
 * Apps: `capacitor://localhost`, `tauri://localhost`, `app://my.app`. Browsers give their pages
 * such an origin.
 */
const appOrigin = new RegExp(`^[a-z][a-z0-9+.-]*://${label}(?:\\.${label})*${port}$`)
/** Schemes whose pages anyone can make, or whose origin is opaque. */
const foreignSchemes = new Set(['file:', 'data:', 'blob:', 'javascript:', 'about:', 'ftp:'])
const subdomains = new RegExp(`^${label}(?:\\.${label})*$`)

/** A matcher of origins. Throws a {@link ConfigurationError} about an invalid one. */
export function toMatcher(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>()
  const wildcards: { start: string; end: string }[] = []
  for (const origin of origins) {
    const [, start, end] = wildcard.exec(origin) ?? []
    if (start !== undefined && end !== undefined && isOrigin(start + end.slice(1))) {
      wildcards.push({ start, end })
    } else if (isOrigin(origin)) exact.add(origin)
    else throw cannotBe(origin)
  }
  return (origin) =>
    exact.has(origin) ||
    wildcards.some(
      ({ start, end }) =>
        origin.length > start.length + end.length &&
        origin.startsWith(start) &&
        origin.endsWith(end) &&
        subdomains.test(origin.slice(start.length, -end.length)),
    )
}

function isOrigin(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  const { origin, protocol } = new URL(text)
  // `URL` takes an asterisk in a host; browsers never send one.
  if (protocol === 'http:' || protocol === 'https:') return origin === text && !text.includes('*')
  return appOrigin.test(text) && !foreignSchemes.has(protocol)
}

function cannotBe(origin: unknown): ConfigurationError {
  const remedy =
    origin === 'null'
      ? 'sandboxed pages and files share that origin: serve the page from an origin of its own'
      : 'give origins without a path, such as "https://app.example.com", ' +
        '"https://*.example.com" or "capacitor://localhost"'
  return new ConfigurationError(`cors.origins has "${origin}": ${remedy}`)
}
