// Made by headway generate. Changes are lost the next time it runs.
export * from './api'
export type * from './types'
