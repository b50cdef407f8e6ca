/** The program cannot go on as it was called. The message says what to do. */
export class CreateFailed extends Error {
  override name = 'CreateFailed'
}
