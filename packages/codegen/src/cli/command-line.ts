import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { type Config, cases, targets } from '../config.ts'
import { GenerateFailed } from '../errors.ts'
import { loadConfig } from './load-config.ts'
import { createPaint, showsColors } from './paint.ts'
import { type ExitCode, fail, run, type Surroundings } from './run.ts'

interface Flags extends Pick<Config, 'from' | 'target' | 'out' | 'case'> {
  check?: boolean
  config?: string
  quiet?: boolean
}

/** Runs `headway` with these arguments: those after `node` and the script. */
export async function main(args: string[], around: Surroundings): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = new Command('headway')
    .description('Live job and workflow progress in any UI.')
    .usage('generate [options]')
    .version(packageJson.version, '--version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => around.stdout.write(text),
      writeErr: (text) => around.stderr.write(text),
    })
  generateCommand(program).action(async (flags: Flags) => {
    code = await runWith(flags, around)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    // commander has already printed the error, or the help.
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
}

function generateCommand(program: Command): Command {
  return program
    .command('generate')
    .usage('--from <folder> --target <name> --out <folder> [options]')
    .summary('write typed functions for a Rust server')
    .description(
      'Reads the queries, mutations, jobs and workflows of a Rust server, with the types that they ' +
        'take and give, and writes typed functions that call them.',
    )
    .option('--from <folder>', 'the Rust sources, read with all folders in it')
    .addOption(oneOf(new Option('--target <name>', 'the framework to write for'), targets))
    .option('--out <folder>', 'where to write; files that were not generated are left alone')
    .addOption(
      oneOf(
        new Option('--case <case>', 'how members are named: userId, or user_id as on the wire'),
        cases,
      ),
    )
    .option('--check', 'write nothing; show what would change, and fail if anything would')
    .option('--config <file>', 'the config, unless it is ./headway.config.ts (or js, mjs, json)')
    .option('--quiet', 'say nothing when all is well')
    .addHelpText('after', examples)
}

/** An option that takes one of these words, and suggests one for a typing error. */
function oneOf(option: Option, words: readonly string[]): Option {
  return option.choices(words).argParser((given: string) => {
    if (words.includes(given)) return given
    const meant = words.find((word) => isAlike(word, given.toLowerCase()))
    const hint = meant ? `\n(Did you mean ${meant}?)` : ''
    throw new InvalidArgumentError(`It is one of ${words.join(', ')}.${hint}`)
  })
}

/** True for words that begin alike, or have the same letters. */
function isAlike(word: string, given: string): boolean {
  const sorted = (text: string): string => [...text].sort().join('')
  return word.slice(0, 2) === given.slice(0, 2) || sorted(word) === sorted(given)
}

const examples = `
What a flag does not say is taken from the config. It ends with 0 when all is well, with 1 when the
sources cannot be generated from or --check finds a difference, with 2 when it is called wrongly.

Examples:
  $ headway generate --from ../backend/src --target svelte --out src/lib/forge
  $ headway generate --check    (in CI, with a headway.config.ts)
`

async function runWith(flags: Flags, around: Surroundings): Promise<ExitCode> {
  const { cwd, stderr, env } = around
  const { config: file, from, out, check = false, quiet = false, ...rest } = flags
  try {
    const config = await loadConfig(cwd, file)
    return await run(
      {
        ...config,
        ...rest,
        check,
        quiet,
        ...(from !== undefined && { from: resolve(cwd, from) }),
        ...(out !== undefined && { out: resolve(cwd, out) }),
      },
      around,
    )
  } catch (error) {
    if (!(error instanceof GenerateFailed)) throw error
    stderr.write(fail(error.message, createPaint(showsColors(stderr, env))))
    return 2
  }
}
