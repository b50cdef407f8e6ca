/**
 * Nothing could be generated, for a reason outside the Rust sources: a missing folder, a wrong
 * config. The message says what to do.
 */
export class GenerateFailed extends Error {
  override readonly name = 'GenerateFailed'
}
