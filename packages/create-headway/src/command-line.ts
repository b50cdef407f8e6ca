import { basename, resolve } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { answerAll, defaults } from './answer.ts'
import { databaseNames, frameworkNames } from './compose/choices.ts'
import { composeProject } from './compose/compose-project.ts'
import { toPackageName } from './compose/package-name.ts'
import { CreateFailed } from './errors.ts'
import { nextSteps } from './next-steps.ts'
import { toPackageManager } from './package-manager.ts'
import type { Answers, Asker } from './questions.ts'
import { readTemplates } from './read-templates.ts'
import { assertEmpty, writeProject } from './write-project.ts'

/** 0: created. 1: the installation failed, or the person left. 2: called wrongly. */
export type ExitCode = 0 | 1 | 2

/** What surrounds the program. */
export interface Surroundings {
  cwd: string
  env: NodeJS.ProcessEnv
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
  /** Whom to ask; `null` without a terminal. */
  asker: Asker | null
  /** Installs the packages of a folder. Resolves with the exit code. */
  install(manager: string, folder: string): Promise<number>
}

interface Flags extends Partial<Pick<Answers, 'framework' | 'database'>> {
  yes?: boolean
  install: boolean
}

/** Runs `create-headway` with these arguments: those after `node` and the script. */
export async function main(args: string[], around: Surroundings): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = createProgram(around).action(async (folder: string | undefined, flags: Flags) => {
    code = await create({ ...flags, ...(folder && { folder }) }, flags, around)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CreateFailed) {
      around.stderr.write(`error: ${error.message}\n`)
      return 2
    }
    // commander has already printed the error, or the help.
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
}

function createProgram({ stdout, stderr }: Surroundings): Command {
  return new Command('create-headway')
    .description('Creates an application whose page starts a job and shows its progress.')
    .usage('[folder] [options]')
    .argument('[folder]', `the folder of the application, such as ${defaults.folder}`)
    .addOption(new Option('--framework <name>', 'of the page').choices(frameworkNames))
    .addOption(new Option('--database <name>', 'where the jobs are').choices(databaseNames))
    .option('--yes', `ask nothing: ${defaults.framework}, ${defaults.database}, ${defaults.folder}`)
    .option('--no-install', 'install no packages')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
}

const examples = `
It asks for what no flag says. The exit code is 0 on success, 1 when the installation fails or you
leave the questions, and 2 for a wrong flag or a folder that is not empty.

Examples:
  $ npm create headway@latest my-app
  $ npm create headway@latest my-app -- --framework vue --database postgres --yes
`

async function create(
  given: Partial<Answers>,
  { yes = false, install }: Flags,
  around: Surroundings,
): Promise<ExitCode> {
  const { cwd, env, stdout, stderr, asker } = around
  const inCwd = (folder: string): string => resolve(cwd, folder)
  // Before the questions.
  if (given.folder) await assertEmpty(inCwd(given.folder), given.folder)
  const answers = await answerAll(given, { yes, asker })
  if (!answers) {
    stderr.write('Nothing was created.\n')
    return 1
  }
  const { folder, framework, database } = answers
  const path = inCwd(folder)
  if (!given.folder) await assertEmpty(path, folder)
  const choices = { name: toPackageName(basename(path)), framework, database }
  await writeProject(path, composeProject(choices, await readTemplates(), packageJson.version))
  const manager = toPackageManager(env.npm_config_user_agent)
  const code = install ? await around.install(manager.name, path) : 0
  stdout.write(nextSteps(answers, { folder, manager, isInstalled: install && code === 0 }))
  if (code === 0) return 0
  stderr.write(`error: ${manager.name} install ended with ${code}: run it again in ${folder}\n`)
  return 1
}
