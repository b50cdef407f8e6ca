/** Why the demo cannot start: one line for people, which says what to do. */
export class DemoError extends Error {
  override readonly name = 'DemoError'
}
