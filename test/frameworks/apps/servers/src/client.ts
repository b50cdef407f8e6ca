import { createClient, jobsOf } from '@headway/core'
import type { Api } from './express.js'
import type { Api as FastifyApi } from './fastify.js'

const url = process.env.SERVER_URL
if (url === undefined) throw new Error('SERVER_URL is missing')

const { count_rows } = jobsOf<Api>()
const same: typeof count_rows = jobsOf<FastifyApi>().count_rows
const client = createClient({ url })
const { rows } = await client.start(same, { rows: 3 }).result
// @ts-expect-error: the types of the server are known, and `rows` is a number.
const wrong: string = rows
client.close()
process.stdout.write(`${wrong} rows\n`)
