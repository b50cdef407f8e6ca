// Made by headway generate. Changes are lost the next time it runs.
export interface ExportRequest {
  format: string
  includeArchived: boolean
}

export interface ExportResult {
  /** Where the file can be downloaded. */
  url: string
  rowCount: number
}

export interface VerifyInput {
  userId: string
  email: string
}

export interface VerifyOutput {
  verified: boolean
}
