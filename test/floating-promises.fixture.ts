/**
 * Promises that floating-promises.mjs must find, and some that it must not: it checks this file
 * first, to prove that it works.
 */
const work = async (): Promise<void> => undefined
const tool = { work, log: (line: string): number => line.length }
const hear = (listener: (line: string) => void): void => listener('a')

void work() // found
void tool.work().finally(() => undefined) // found
setTimeout(() => void work(), 1) // found
setTimeout(async () => work(), 1) // found
hear(async (line) => void tool.log(line)) // found
process.on('message', async () => work()) // found

void work().catch(() => undefined)
void tool.log('a')
hear((line) => void tool.log(line))
setTimeout(() => work().catch(() => undefined), 1)
await Promise.all([1].map(async () => work()))
