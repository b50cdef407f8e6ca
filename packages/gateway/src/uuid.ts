const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The text is a UUID, the form of every id of the gateway. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
