import * as v from 'valibot'
import { job, mutation, query, UploadedFile } from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { jobs } from './jobs.ts'
import { memoryEngine } from './memory-engine.ts'
import { quiet } from './quiet.ts'

let database: string

const queries = {
  report: query({ run: () => new File(['x'.repeat(200_000)], 'report.csv', { type: 'text/csv' }) }),
}
const mutations = {
  measure: mutation({
    files: true,
    input: v.object({ file: v.instance(UploadedFile) }),
    run: ({ input }) => ({ size: input.file.size }),
  }),
}
export const app = () => ({
  database,
  engine: memoryEngine(),
  jobs: { ...jobs, told: job({ run: () => null }) },
  queries,
  mutations,
  logger: quiet,
})

/** Creates the database of `app()`. */
export async function useDatabase(): Promise<string> {
  database = await createDatabase()
  return database
}
