export { jobs } from './server.ts'
