import type { UsedJob } from '../../src/index.ts'

/** What each of the components here is given. */
export interface ReaderProps extends Record<string, unknown> {
  job: UsedJob<null, string>
  id: string | undefined
  isShown: boolean
}
