import { spawn } from 'node:child_process'
import { main } from './command-line.ts'
import { terminal } from './questions.ts'

const { env, stdin, stdout, stderr } = process

/** Installs with the output on this terminal. */
function install(manager: string, cwd: string): Promise<number> {
  return new Promise((resolve) => {
    // Windows finds npm.cmd only through its shell.
    const shell = process.platform === 'win32'
    spawn(manager, ['install'], { cwd, stdio: 'inherit', shell })
      // It is not there, as shells say.
      .on('error', () => resolve(127))
      .on('close', (code) => resolve(code ?? 1))
  })
}

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env,
  stdout,
  stderr,
  asker: stdin.isTTY && stdout.isTTY ? terminal : null,
  install,
})
