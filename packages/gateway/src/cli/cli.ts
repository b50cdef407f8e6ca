import { main } from './command-line.ts'

const { env, stdout, stderr } = process
process.exitCode = await main(process.argv.slice(2), { env, stdout, stderr })
