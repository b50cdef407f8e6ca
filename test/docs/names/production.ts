export { export_users, jobs } from './server.ts'
