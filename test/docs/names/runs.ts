// What the page about runs takes for granted.
import type { JobView } from '@headway/core'
import type { ExportArgs } from './page.ts'

export { estimate } from '@headway/core/estimate'
export declare const view: JobView<unknown>
export declare const total: number
export declare const readRows: (args: ExportArgs) => AsyncIterable<unknown[]>
export type { ExportArgs }
