export { type DbosOptions, dbos } from './engines/dbos.ts'
