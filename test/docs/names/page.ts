// What the pages take for granted in a browser: the client, the definitions, and what shows them.
import {
  type Client,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  jobsOf,
  mutationsOf,
  queriesOf,
  workflowsOf,
} from '@headway/core'
import type { Api } from './server.ts'

export interface User {
  id: string
  createdAt: string
}
export interface UserWire {
  id: string
  created_at: string
}
export interface ExportArgs {
  format: 'csv' | 'json'
}
export interface ExportOutput {
  file: string
  downloadUrl: string
}

export const exportUsers = defineJob<ExportArgs, ExportOutput>('export_users')
export const importFile = defineJob<{ file: string }, { rows: number }>('import_file')
export const verifyAccount = defineWorkflow<{ userId: string }, { id: string }>('verify_account')
export const accountVerification = defineWorkflow<{ email: string }, unknown>(
  'account_verification',
)
export const listUsers = defineQuery<{ team: string }, User[]>('list_users')
export const createUser = defineMutation<{ name: string }, User>('create_user')
export const uploadUsers = defineMutation<{ file: Blob }, { job: string }>('upload_users')

export const jobs = jobsOf<Api>()
export const workflows = workflowsOf<Api>()
export const queries = queriesOf<Api>()
export const mutations = mutationsOf<Api>()
export const { export_users } = jobs

export declare const client: Client
export declare const url: string
export declare const auth: {
  token(force: boolean): Promise<string>
  handleAuthError(): Promise<void>
}
export declare const getToken: () => string
export declare const PUBLIC_API_URL: string

export declare const jobId: string | undefined
export declare const args: ExportArgs
export declare const userId: string
export declare const team: string
export declare const name: string
export declare const id: string
export declare const email: string
export declare const code: string
export declare const payload: object
export declare const files: string[]
export declare const props: { jobId: string; team: string }
export declare const input: HTMLInputElement

export declare const show: (...shown: unknown[]) => void
export declare const toast: (text: string) => void
export declare const onDone: (output: ExportOutput) => void
export declare const onFail: (error: Error) => void
export declare const safeUrl: (url: string | undefined) => string | undefined
