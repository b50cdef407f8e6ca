import { createServer } from 'node:net'
import { DemoError } from './demo-error.ts'

/** The port in `PORT`, or 4400 if it is not set. Throws a {@link DemoError} if it is not a port. */
export function portFrom(text: string | undefined): number {
  const port = Number(text || 4400)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new DemoError(`PORT is "${text}": give a number from 0 to 65535; 0 takes a free one`)
}

/** Rejects with a {@link DemoError} if the port is taken. Checked before anything else starts. */
export async function checkPort(port: number): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  } catch {
    throw new DemoError(
      `Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1} npm run demo`,
    )
  } finally {
    server.close()
  }
}
