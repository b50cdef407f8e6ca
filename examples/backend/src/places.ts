import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder for all of the demo's data: `HEADWAY_DATA`, or a folder here that git ignores. */
export const dataFolder: string =
  process.env.HEADWAY_DATA ?? fileURLToPath(new URL('../.data', import.meta.url))

/** The folder of PostgreSQL. */
export const databaseFolder: string = join(dataFolder, 'postgres')

/** The folder of the exported files. */
export const exportsFolder: string = join(dataFolder, 'exports')

/** The folder of the uploaded files. */
export const importsFolder: string = join(dataFolder, 'imports')

/** The log of the gateway and the worker. */
export const logFile: string = join(dataFolder, 'demo.log')

/** The address and process id of the running demo. */
export const demoFile: string = join(dataFolder, 'demo.json')

/** The built page. */
export const pageFolder: string = fileURLToPath(new URL('../../page', import.meta.url))
