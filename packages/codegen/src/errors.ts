/**
 * Nothing could be generated, for a reason that lies in no line of Rust: a folder that is not there, a
 * config that says what cannot be. The message says what to do.
 */
export class GenerateFailed extends Error {
  override readonly name = 'GenerateFailed'
}
