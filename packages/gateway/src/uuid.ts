const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text is a UUID, the form of every id the gateway gives out. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
