export { export_users } from './server.ts'
