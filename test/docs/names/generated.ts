// As `headway generate --target svelte` writes it, in short.
import { createJobStore, type UsedMutation } from '@headway/svelte'
import { type ExportArgs, exportUsers } from './page.ts'

export const trackExportUsers = (args: ExportArgs & { userId?: string }) =>
  createJobStore(exportUsers, args)
export declare const getUsers$: () => { data: { id: string; name: string }[] | undefined }
export declare const createUser$: () => UsedMutation<{ name: string }, { id: string }>
export declare const safeUrl: (url: string | undefined) => string | undefined
