import { isRecord } from '@headway/core/protocol'
import { SignJWT } from 'jose'

/** The secret of the gateways that are attacked. */
export const secret = 'a secret of no less than thirty-two bytes'

/** A token of `sub`. */
export const sign = (sub: unknown, claims: object = {}, lifeSecs = 600): Promise<string> =>
  new SignJWT({ ...claims, sub } as never)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(Date.now() / 1_000) + lifeSecs)
    .sign(new TextEncoder().encode(secret))

/** The headers of a request by `sub`. */
export const bearer = async (
  sub: string,
  claims: object = {},
  lifeSecs?: number,
): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await sign(sub, claims, lifeSecs)}`,
})

/** An answer, whatever its shape. */
export interface Answer {
  status: number
  code: unknown
  message: unknown
  data: unknown
  headers: Headers
}

/** One request. */
export async function ask(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: unknown = {},
): Promise<Answer> {
  const response = await fetch(`${url}/_api${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = text === '' ? {} : JSON.parse(text)
  const record = isRecord(json) ? json : {}
  const error = isRecord(record.error) ? record.error : record
  return {
    status: response.status,
    code: error.code,
    message: error.message,
    data: 'data' in record ? record.data : record,
    headers: response.headers,
  }
}

/** A member of an answer's data. */
export function member(answer: Answer, name: string): unknown {
  return isRecord(answer.data) ? answer.data[name] : undefined
}
