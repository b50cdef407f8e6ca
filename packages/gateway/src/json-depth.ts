import { bodyTooDeep } from './refusals/requests.ts'

/** The maximum nesting of objects and lists. */
const maxDepth = 64

const [quote, backslash] = [0x22, 0x5c]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * Refuses JSON text, as bytes, that is nested so deep that code which walks it may run out of
 * stack.
 */
export function checkDepth(bytes: Buffer): void {
  let depth = 0
  let isInString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (isInString) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (byte === openBrace || byte === openBracket) depth += 1
    else if (byte === closeBrace || byte === closeBracket) depth -= 1
    if (depth > maxDepth) throw bodyTooDeep(maxDepth)
  }
}
