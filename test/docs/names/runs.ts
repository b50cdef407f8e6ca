// What the page about runs takes for granted.
import type { JobView } from '@headway/core'
import { createGateway, job } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import type { ExportArgs } from './page.ts'
import { database } from './server.ts'

export { estimate } from '@headway/core/estimate'
export declare const view: JobView<unknown>
export declare const total: number
export declare const readRows: (args: ExportArgs) => AsyncIterable<unknown[]>
export { expect, it } from 'vitest'
export type { ExportArgs }

export const import_file = job({ run: (_, { file }: { file: string }) => file })
export declare const unpack: (
  url: string,
  onProgress: (percent: number) => void,
) => Promise<{ file: string }[]>

export const jobs = {
  import_file,
  send_receipt: job({ run: (_, { order }: { order: string }) => order }),
  clean_up: job({ run: () => null }),
}
export const gateway = await createGateway({ database, engine: bullmq(), jobs })
export declare const logger: { error(error: unknown): void }
interface Request {
  body: string
}
export declare const verify: (request: Request) => { id: string; orderId: string; userId: string }
export declare const app: {
  post(
    path: string,
    handler: (request: Request, response: { sendStatus(status: number): void }) => Promise<void>,
  ): void
}
