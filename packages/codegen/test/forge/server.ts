import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, constants, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { embeddedPostgres } from '@headway/gateway/embedded'
import { guard } from '@headway/test-kit/processes/guard'
import { appFolder } from './app-sources.ts'
import { buildApp } from './build-app.ts'
import { type Claims, jwtSettings, signJwt } from './jwt.ts'

/** A Forge 0.10.2 server of its own, on a database of its own. */
export interface ForgeServer {
  /** Its address, without a slash at the end. */
  url: string
  /** A token that it takes. */
  jwt(claims: Claims): string
  /** The end of its log. */
  logs(): string
  /** Kills it without a chance to tidy up. */
  kill(): Promise<void>
  /** Starts it again, on the same port and database; resolves once it is ready. */
  start(): Promise<void>
  /** Ends it and its database. */
  close(): Promise<void>
}

/** The settings of a server. */
export interface ForgeOptions {
  /** The folder of the app; default: `forge-app`. */
  app?: string
  /** More of its environment: `forge.toml` says what it reads, and `RUST_LOG` how much it logs. */
  env?: Record<string, string>
}

/** Builds an app, and starts it; resolves once it is ready. */
export async function startForge(options: ForgeOptions = {}): Promise<ForgeServer> {
  const { app: from = appFolder, env = {} } = options
  const built = await buildApp(from)
  const folder = await mkdtemp(join(tmpdir(), 'headway-forge-'))
  const undo: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    // PostgreSQL's own user passes through it when the tests run as root.
    await chmod(folder, 0o711)
    // A copy: another build may put its own program in that place.
    const program = join(folder, 'app')
    await copyFile(built, program, constants.COPYFILE_FICLONE)
    const postgres = await embeddedPostgres({ directory: join(folder, 'pg'), say: () => undefined })
    const isGone = guard(postgres.pid, folder)
    undo.push(() => postgres.stop().then(isGone))
    const port = await freePort()
    const set = { ...jwtSettings, DATABASE_URL: postgres.url, ...env }
    const app = createApp({ program, cwd: from }, port, set)
    undo.push(app.kill)
    await app.start()
    return { url: app.url, jwt: signJwt, logs: app.logs, kill: app.kill, start: app.start, close }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

/** In development alone Forge takes pages from everywhere. */
const environment = { HOST: '127.0.0.1', FORGE_ENV: 'development', NO_COLOR: '1' }

/** The number of log chunks that are kept. */
const kept = 400

/**
 * The program on a port, which can be killed and started again. Its settings and migrations are in
 * `cwd`.
 */
function createApp(
  { program, cwd }: { program: string; cwd: string },
  port: number,
  env: Record<string, string>,
) {
  const url = `http://127.0.0.1:${port}`
  const log: string[] = []
  let running: { child: ChildProcess; isGone: () => void } | null = null

  const note = (text: unknown): void => {
    log.push(String(text))
    log.splice(0, log.length - kept)
  }
  const logs = (): string => log.join('')
  const kill = async (): Promise<void> => {
    if (running === null) return
    const { child, isGone } = running
    running = null
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    isGone()
  }
  const start = async (): Promise<void> => {
    const child = spawn(program, [], {
      cwd,
      env: { ...process.env, ...environment, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    await once(child, 'spawn')
    running = { child, isGone: guard(child.pid ?? 0) }
    while (!(await isReady(url))) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`the Forge app ended before it was ready:\n${logs()}`)
      }
      await wait(50)
    }
  }
  return { url, logs, kill, start }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/_api/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
