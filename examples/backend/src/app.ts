import type { App } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { dbos } from '@headway/gateway/dbos'
import { destination, pino } from 'pino'
import { exportUsers } from './jobs/export-users.ts'
import { exportsFolder, logFile } from './places.ts'
import { accountVerification } from './workflows/account-verification.ts'

/** What the gateway and the worker share: the database, the engines, the jobs and the workflows. */
export function createApp(database: string): App {
  return {
    database,
    // A job whose worker was killed is taken again within seconds, as a demo should show it.
    engine: bullmq({ lockMs: 10_000, stalledIntervalMs: 5_000 }),
    jobs: { export_users: exportUsers({ database, folder: exportsFolder }) },
    workflowEngine: dbos(),
    workflows: { account_verification: accountVerification(database) },
    logger: pino({ name: 'demo', level: 'warn' }, destination({ dest: logFile, sync: true })),
  }
}
