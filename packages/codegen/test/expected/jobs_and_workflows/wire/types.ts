// Made by headway generate. Changes are lost the next time it runs.
export interface ExportRequest {
  format: string
  include_archived: boolean
}

export interface ExportResult {
  /** Where the file can be downloaded. */
  url: string
  row_count: number
}

export interface VerifyInput {
  user_id: string
  email: string
}

export interface VerifyOutput {
  verified: boolean
}
