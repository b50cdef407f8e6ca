import { startPostgres } from './start-postgres.ts'

/** A process that is about to end without stopping the PostgreSQL that it has started: it says which. */
const folder = process.env.FOLDER ?? ''
const { pid } = await startPostgres({ directory: `${folder}/pg` }, folder)
process.on('message', () => {
  throw new Error('thrown where nobody catches it')
})
process.send?.(pid)
