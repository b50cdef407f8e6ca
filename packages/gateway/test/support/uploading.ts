import { createClient, defineMutation, RpcError } from '@headway/core'
import { createUpload } from '@headway/core/upload'

/** A client in a process of its own: sends as many bytes as it is told to, and says what became of each try. */
const { URL_TO = '', NAME = '', BYTES = '0', TRIES = '1' } = process.env
const tokens: boolean[] = []
const client = createClient({
  url: URL_TO,
  token: ({ force }) => {
    tokens.push(force)
    return force ? (process.env.RENEWED ?? null) : (process.env.TOKEN ?? null)
  },
})
const upload = createUpload(client, defineMutation<{ file: Blob }, unknown>(NAME))
const outcomes: string[] = []
for (let tried = 0; tried < Number(TRIES); tried += 1) {
  const file = new Blob([new Uint8Array(Number(BYTES))], { type: 'text/csv' })
  const answer = await upload.send({ file }).catch((error: unknown) => error)
  const { status } = upload.getSnapshot()
  outcomes.push(`${answer instanceof RpcError ? answer.code : JSON.stringify(answer)} ${status}`)
}
process.send?.(JSON.stringify({ outcomes, renewed: tokens.filter(Boolean).length }))
client.close()
process.disconnect()
