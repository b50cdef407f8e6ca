import { embeddedPostgres } from '../../src/embedded.ts'

/** One of several processes that start a PostgreSQL on one folder: it says where, or why not. */
const answer = await embeddedPostgres({ directory: process.env.DIRECTORY ?? '' }).then(
  ({ url }) => url,
  (error: Error) => error.message,
)
process.send?.(answer)
