import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where everything the demo keeps is: `HEADWAY_DATA`, else a folder beside this code that git ignores. */
export const dataFolder: string =
  process.env.HEADWAY_DATA ?? fileURLToPath(new URL('../.data', import.meta.url))

/** The database's own folder. */
export const databaseFolder: string = join(dataFolder, 'postgres')

/** Where the exported files are. */
export const exportsFolder: string = join(dataFolder, 'exports')

/** Where uploaded files wait to be imported. */
export const importsFolder: string = join(dataFolder, 'imports')

/** What went wrong in detail, for whoever wants to know. */
export const logFile: string = join(dataFolder, 'demo.log')

/** Says that the demo runs, and where. */
export const demoFile: string = join(dataFolder, 'demo.json')

/** The built page. */
export const pageFolder: string = fileURLToPath(new URL('../../page', import.meta.url))
