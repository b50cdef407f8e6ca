import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '@headway/test-kit/network/free-port'
import { type Running, run } from '@headway/test-kit/processes/run'
import { inject } from 'vitest'
import { makeFolder } from '../../../packages/gateway/test/support/folder.ts'
import { root } from '../../published.mjs'

/** An application outside of the repository, with the packed packages. */
export interface Application {
  folder: string
  /** Runs a command to its end. Rejects with its output if it fails. */
  complete(command: string[], env?: Environment): Promise<void>
  /**
   * Starts a command that serves on `PORT`, or on the port that replaces `PORT` among its words.
   * Resolves once a path answers with 200.
   */
  serve(command: string[], env: Environment, path?: string): Promise<Running & { url: string }>
  /** Replaces a text in one of its files, as an editor does. */
  edit(path: string, from: string, to: string): Promise<void>
  /** Stops what it has started, and removes it. */
  remove(): Promise<void>
}

type Environment = NodeJS.ProcessEnv

/** What is not of the application: Vitest's own, and what would ask for other machines. */
const environment: Environment = {
  NODE_ENV: undefined,
  VITEST: undefined,
  TEST: undefined,
  DEV: undefined,
  PROD: undefined,
  SSR: undefined,
  MODE: undefined,
  BASE_URL: undefined,
  NODE_OPTIONS: undefined,
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  npm_config_update_notifier: 'false',
}

/** How the packages come into an application. */
interface Installation {
  /** What installs; the tarballs follow. */
  command?: string[]
  /** Files that are written before, by their names, for the folder of the application. */
  files?: Record<string, (folder: string) => string>
}

const npmInstall = ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund']

/**
 * Copies a folder out of the repository, and installs packed packages in it.
 *
 * @param from its path in the repository, or a function that fills the empty folder instead
 */
export async function install(
  from: string | ((application: Application) => Promise<void>),
  packages: string[],
  { command = npmInstall, files = {} }: Installation = {},
): Promise<Application> {
  const folder = await makeFolder()
  const running: Running[] = []
  const start = (words: string[], env: Environment = {}): Running => {
    const started = run(words, folder, { ...environment, ...env })
    running.push(started)
    return started
  }
  const application: Application = {
    folder,
    async complete(words, env) {
      const { ended, lines } = start(words, env)
      const code = await ended
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${lines.join('\n')}`)
    },
    async serve(words, env, path = '/') {
      const port = String(await freePort())
      const url = `http://localhost:${port}`
      const withPort = words.map((word) => (word === 'PORT' ? port : word))
      const server = start(withPort, { ...env, PORT: port })
      await untilAnswered(url + path, server)
      return { ...server, url }
    },
    async edit(path, from, to) {
      const file = join(folder, path)
      const text = await readFile(file, 'utf8')
      if (!text.includes(from)) throw new Error(`${path} has no "${from}"`)
      await writeFile(file, text.replace(from, to))
    },
    async remove() {
      await Promise.all(running.map(({ stop }) => stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    if (typeof from === 'string') await copyFrom(from, folder)
    else await from(application)
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text(folder))
    const tarballs = inject('tarballs')
    await application.complete([...command, ...packages.map((name) => tarballs[name] ?? name)])
    return application
  } catch (error) {
    await application.remove()
    throw error
  }
}

function copyFrom(from: string, folder: string): Promise<void> {
  const filter = (path: string): boolean => !isMade.test(basename(path))
  return cp(join(root, from), folder, { recursive: true, filter })
}

/** What an earlier install or build has made. */
const isMade = /^(node_modules|\.next|\.nuxt|\.output|\.svelte-kit|build|dist|\.data)$/

/** Resolves once the address answers; rejects with the server's output if it ends before. */
async function untilAnswered(url: string, { child, lines }: Running): Promise<void> {
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  while (isRunning()) {
    const answer = await fetch(url).catch(() => null)
    await answer?.text()
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error(`The server ended before it answered:\n${lines.join('\n')}`)
}
