import { version as ownVersion } from '../package.json'

/** This package's version, as its package.json says. The build has it as text. */
export const version: string = ownVersion
