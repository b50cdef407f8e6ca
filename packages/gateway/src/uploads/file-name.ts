/** Names that are devices on Windows, whatever their extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const maxBytes = 255

/**
 * The name under which a file may be kept: without folders and control characters. `null` when no
 * character remains.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export function cleanFileName(name: string): string | null {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = trim(base.replace(/\p{Control}/gu, '').replace(/[<>:"|?*]/g, '_'))
  const safe = devices.test(clean) ? `_${clean}` : clean
  return trim(shorten(safe)) || null
}

/** Windows drops dots and spaces at the end of a name. */
function trim(name: string): string {
  return name.replace(/^\s+|[\s.]+$/g, '')
}

/** At most `maxBytes` bytes of UTF-8, whole characters; the extension stays. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : ''
  let stem = ''
  for (const character of name) {
    if (Buffer.byteLength(stem + character + extension) > maxBytes) break
    stem += character
  }
  return stem + extension
}
