import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Logger } from 'pino'
import { describeError, toError } from '../describe-error.ts'
import { isDatabaseAway, isDataFault, isPoolClosed, sqlStateOf } from '../postgres/failures.ts'
import { mayPass, untilWritten } from '../postgres/until-written.ts'
import { LogLost, NotKept, type StepLog } from './workflow-engine.ts'

/** Records steps with DBOS: each effect happens once, however often its result is written. */
export const createDbosLog = (logger: Logger, canWrite: CanWrite): StepLog => ({
  async record<T>(key: string, work: () => Promise<T>): Promise<T> {
    let result: { value: T } | null = null
    let failure: { error: unknown } | null = null
    // Run once, however often the result has to be written: the effect must not happen twice.
    const once = async (): Promise<T> => {
      if (result) return result.value
      try {
        result = { value: await work() }
        return result.value
      } catch (error) {
        failure = { error }
        throw error
      }
    }
    const isOfValue = (error: unknown): boolean => {
      if (result === null || isOfDbos(error)) return false
      if (sqlStateOf(error) !== null || isDatabaseAway(error)) return isDataFault(error)
      return !isPoolClosed(error) && !canWrite(result.value)
    }
    // [DBOS, system_database] It repeats statements that fail for want of a connection, and no
    // others. A result is written whatever stands in the way, such as a certificate, unless the
    // result itself is the reason.
    const mayRetry = (error: unknown): boolean => {
      if (failure !== null || isOfDbos(error) || isPoolClosed(error)) return false
      if (result !== null) return !isOfValue(error)
      return (sqlStateOf(error) !== null || isDatabaseAway(error)) && mayPass(error)
    }
    try {
      return await untilWritten(logger, () => DBOS.runStep(once, { name: key }), mayRetry)
    } catch (error) {
      if (failure) throw (failure as { error: unknown }).error
      if (isOfValue(error)) throw new NotKept(error)
      throw new LogLost(describeError(error), { cause: error })
    }
  },
})

/** DBOS itself has refused, such as for a cancelled workflow. */
function isOfDbos(thrown: unknown): boolean {
  return toError(thrown).name.startsWith('DBOS')
}

/** The value can be serialized. */
type CanWrite = (value: unknown) => boolean

/**
 * Finds DBOS's own serializer. Its entry point is internal and may be missing in a later version.
 * Without it, the check fails for each value: an error that is not known to pass counts as an error
 * in the value.
 */
export async function findWriter(): Promise<CanWrite> {
  const internal = await import('@dbos-inc/dbos-sdk/internal/serialization').catch(() => null)
  return (value) => {
    try {
      return typeof internal?.DBOSJSON.stringify(value) === 'string'
    } catch {
      return false
    }
  }
}
