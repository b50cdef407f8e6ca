// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { ExportRequest, ExportResult } from './types'

export const exportUsersCodec: Codec<{ request: ExportRequest }, ExportResult> = {
  toWire: ({ request }) => request,
}
