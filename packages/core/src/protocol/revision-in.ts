const member = '"revision":'

/**
 * The revision in the text of an `update`, without parsing it: `NaN` when there is none. Nothing but an attempt
 * follows it, as our servers write it, so that it is the last one in the text.
 */
export function revisionIn(data: string): number {
  const at = data.lastIndexOf(member)
  if (at === -1) return Number.NaN
  let revision = 0
  for (let index = at + member.length; index < data.length; index += 1) {
    const digit = data.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) break
    revision = revision * 10 + digit
  }
  return revision
}
