// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { ExportRequest, ExportResult, VerifyInput, VerifyOutput } from './types.js'

export const exportUsersCodec: Codec<{ request: ExportRequest }, ExportResult> = {
  toWire: ({ request }) => exportRequestToWire(request),
  fromWire: exportResultFromWire,
}

export const verifyAccountCodec: Codec<VerifyInput, VerifyOutput> = {
  toWire: verifyInputToWire,
}

interface ExportRequestWire {
  format: string
  include_archived: boolean
}

interface ExportResultWire {
  url: string
  row_count: number
}

interface VerifyInputWire {
  user_id: string
  email: string
}

function exportRequestToWire(value: ExportRequest): ExportRequestWire {
  return {
    format: value.format,
    include_archived: value.includeArchived,
  }
}

function exportResultFromWire(wire: ExportResultWire): ExportResult {
  return {
    url: wire.url,
    rowCount: wire.row_count,
  }
}

function verifyInputToWire(value: VerifyInput): VerifyInputWire {
  return {
    user_id: value.userId,
    email: value.email,
  }
}
