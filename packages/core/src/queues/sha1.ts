const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/**
 * The SHA-1 digest of some bytes. Web Crypto has it only as a promise and only on pages with HTTPS.
 * For names, not for security. Pure.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3174
 */
export function sha1(message: Uint8Array): Uint8Array {
  const length = (Math.floor((message.length + 8) / 64) + 1) * 64
  const padded = new Uint8Array(length)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, Math.floor(message.length / 2 ** 29))
  view.setUint32(length - 4, message.length << 3)
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const words = new Int32Array(80)
  for (let block = 0; block < length; block += 64) {
    for (let t = 0; t < 80; t += 1) {
      const mixed = at(words, t - 3) ^ at(words, t - 8) ^ at(words, t - 14) ^ at(words, t - 16)
      words[t] = t < 16 ? view.getInt32(block + 4 * t) : rotate(mixed, 1)
    }
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4]
    for (let t = 0; t < 80; t += 1) {
      const [mixed, constant] = round(t, b, c, d)
      const next = (rotate(a, 5) + mixed + e + constant + at(words, t)) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    h0 = (h0 + a) | 0
    h1 = (h1 + b) | 0
    h2 = (h2 + c) | 0
    h3 = (h3 + d) | 0
    h4 = (h4 + e) | 0
  }
  const digest = new DataView(new ArrayBuffer(20))
  for (const [index, word] of [h0, h1, h2, h3, h4].entries()) digest.setInt32(4 * index, word)
  return new Uint8Array(digest.buffer)
}

/** [RFC 3174, section 5] the function and the constant of a round. */
function round(t: number, b: number, c: number, d: number): [mixed: number, constant: number] {
  if (t < 20) return [(b & c) | (~b & d), 0x5a827999]
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1]
  if (t < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
  return [b ^ c ^ d, 0xca62c1d6]
}

const at = (words: Int32Array, index: number): number => words[index] ?? 0
