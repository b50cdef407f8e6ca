import { parseArgs } from 'node:util'

/** What the command line asks for. */
export type Asked =
  | { type: 'export'; format: 'csv' | 'json'; url: string | null }
  | { type: 'help' }
  | { type: 'wrong'; message: string }

/** Says how to call it. */
export const help = `Starts the demo's export and draws its progress.

  npm run demo:terminal -- [options]

  --format csv|json   what to write (csv)
  --url <address>     where the demo is (the one that runs here)
  --help              this text

Ctrl-C cancels the export; pressed again it leaves at once, and the export goes on.
Exit code: 0 completed, 1 failed or not started, 2 called wrongly, 130 cancelled.
`

/** Reads the arguments after the script's name. Pure. */
export function parseCommandLine(args: string[]): Asked {
  try {
    const { values } = parseArgs({
      args,
      options: {
        format: { type: 'string', default: 'csv' },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { format, url = null } = values
    if (values.help) return { type: 'help' }
    if (format !== 'csv' && format !== 'json') {
      return { type: 'wrong', message: `--format is "${format}": give csv or json` }
    }
    if (url !== null && !/^https?:\/\/[^/]/.test(url)) {
      return {
        type: 'wrong',
        message: `--url is "${url}": give an address such as http://localhost:4400`,
      }
    }
    return { type: 'export', format, url }
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('. ') : []
    return { type: 'wrong', message: `${reason}: --help says what there is` }
  }
}
