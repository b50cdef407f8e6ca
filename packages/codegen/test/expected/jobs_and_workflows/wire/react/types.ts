export * from '../types.ts'
