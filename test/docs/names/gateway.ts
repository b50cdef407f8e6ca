export { export_users } from './server.ts'

export declare const partsOf: (owner: string | null) => Promise<string[]>
export declare const write: (
  part: string,
  format: string,
  options: { signal: AbortSignal },
) => Promise<void>
