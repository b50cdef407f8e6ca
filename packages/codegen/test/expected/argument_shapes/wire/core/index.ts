// Made by headway generate. Changes are lost the next time it runs.
export * from './api.js'
export type * from './types.js'
