import { embeddedPostgres } from '../../src/embedded.ts'

/** A PostgreSQL whose owner is about to be killed: it says where. */
const { url } = await embeddedPostgres({ directory: process.env.DIRECTORY ?? '' })
process.send?.(url)
