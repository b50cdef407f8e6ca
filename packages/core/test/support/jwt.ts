/** A JWT with these claims and no valid signature. */
export function jwt(claims: object): string {
  return `${toPart({ alg: 'none' })}.${toPart(claims)}.signature`
}

function toPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
