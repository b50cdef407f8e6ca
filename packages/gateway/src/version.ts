import { version as ownVersion } from '../package.json'

/** The version in this package's package.json. The build has it as text. */
export const version: string = ownVersion
