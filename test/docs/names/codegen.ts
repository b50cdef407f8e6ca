export type ExportFormat = 'csv' | 'json'
export interface ExportResult {
  downloadUrl: string
}
export declare const exportResultFromWire: (wire: unknown) => ExportResult
