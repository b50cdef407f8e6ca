// What the pages take for granted on a server.
import type { UploadedFile } from '@headway/gateway'
import { createGateway, createWorker, job, mutation, query, workflow } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import type { Pool } from 'pg'
import type { ExportArgs, ExportOutput } from './page.ts'

export declare const z: typeof import('zod')
export declare const database: string
export declare const secret: string
export declare const pool: Pool

export const export_users = job({
  run: (_, { format }: ExportArgs): ExportOutput => ({ file: format, downloadUrl: format }),
})
export const importUsers = job({ run: (_, { file }: { file: string }) => ({ file }) })
export const sendInvitation = job({ run: (_, { email }: { email: string }) => ({ email }) })

const account_verification = workflow({
  steps: ['create_account'],
  run: async (_, { email }: { email: string }) => ({ email }),
})
const members = query({
  run: ({ sql }: { sql: import('@headway/gateway').Sql; input: { team: string } }) =>
    sql<{ id: string; name: string }>`select id, name from users`,
})
const report = query({ run: () => new Blob([]) })
const rename = mutation({ run: ({ input }: { input: { id: string; name: string } }) => input })
const invite = mutation({ run: (_: { input: { email: string } }) => ({ job: 'id' }) })
const upload_users = mutation({
  files: true,
  run: (_: { input: { file: UploadedFile } }) => ({ job: 'id' }),
})

export const jobs = { export_users, import_users: importUsers, send_invitation: sendInvitation }
export const app = { database, engine: bullmq(), jobs }
export const gateway = await createGateway({
  ...app,
  workflows: { account_verification },
  queries: { members, report },
  mutations: { rename, invite, upload_users },
})
export const worker = await createWorker(app)
export type Api = typeof gateway.api
export const headway = async () => gateway

export declare const findUser: (cookie: string | null) => Promise<{ id: string } | null>
export declare const readCookie: (cookie: string | null, name: string) => string
export declare const isColleague: (a: { id: string } | null, b: string | null) => boolean
export declare const sessions: {
  find(id: string): Promise<{ userId: string; roles: string[]; endsAt: number } | null>
}
export declare const createAccount: (email: string) => Promise<string>
export declare const removeAccount: (id: string) => Promise<void>
export declare const openAccount: (id: string, code?: string) => Promise<void>
export declare const sendMail: (to: string, options: { idempotencyKey: string }) => Promise<void>
export declare const build: () => Promise<void>
export declare const key: string
export declare const cert: string
