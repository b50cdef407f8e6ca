import { isRecord } from '@headway/core/protocol'
import { listName } from '../../src/lists/runs-query.ts'
import { ask, open } from './access-gateway.ts'
import type { Answer } from './attack.ts'

type Headers = Record<string, string>

/** The ids of the runs in an answer. */
export const idsIn = ({ data }: Answer): unknown[] =>
  isRecord(data) && Array.isArray(data.runs) ? data.runs.map((run) => run.id) : []

/** Every way to read a list. */
export const ways: [
  string,
  (headers: Headers, filter: Record<string, string | boolean>) => Promise<Answer>,
][] = [
  [
    'GET /_api/runs',
    (headers, filter) =>
      ask('GET', `/runs?${new URLSearchParams(filter as Record<string, string>)}`, headers),
  ],
  ['a call', (headers, args) => ask('POST', `/rpc/${listName}`, headers, { args })],
  [
    'a registration',
    async (headers, args) => {
      const stream = await open(headers)
      const item = { ...stream.session, id: 'list', function: listName, args }
      const answer = await ask('POST', '/subscribe', headers, item)
      stream.close()
      return answer
    },
  ],
]
