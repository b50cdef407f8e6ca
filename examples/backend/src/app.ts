import type { App } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { dbos } from '@headway/gateway/dbos'
import { destination, pino } from 'pino'
import { exportUsers } from './jobs/export-users.ts'
import { importFile } from './jobs/import-file.ts'
import { importUsers } from './jobs/import-users.ts'
import { deleteExport } from './mutations/delete-export.ts'
import { uploadUsers } from './mutations/upload-users.ts'
import { exportsFolder, importsFolder, logFile } from './places.ts'
import { newestExports } from './queries/newest-exports.ts'
import { accountVerification } from './workflows/account-verification.ts'

/**
 * The app that the gateway and the worker share: database, engines, jobs, workflows, queries,
 * mutations.
 */
export function createApp(database: string) {
  const imports = importUsers({ database, folder: importsFolder })
  return {
    database,
    // Short locks: when a worker dies, another takes its job within seconds.
    engine: bullmq({ lockMs: 6_000, stalledIntervalMs: 3_000 }),
    jobs: {
      export_users: exportUsers({ database, folder: exportsFolder }),
      import_users: imports,
      import_file: importFile(),
    },
    workflowEngine: dbos(),
    workflows: { account_verification: accountVerification(database) },
    queries: { newest_exports: newestExports },
    mutations: {
      delete_export: deleteExport(exportsFolder),
      upload_users: uploadUsers({ importUsers: imports, folder: importsFolder }),
    },
    logger: pino({ name: 'demo', level: 'warn' }, destination({ dest: logFile, sync: true })),
  } satisfies App
}
