export * from '../convert.ts'
