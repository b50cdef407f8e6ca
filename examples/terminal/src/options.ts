import { parseArgs } from 'node:util'

/** A parsed command line. */
export type Asked =
  | { type: 'export'; format: 'csv' | 'json'; url: string | null }
  | { type: 'help' }
  | { type: 'wrong'; message: string }

/** The text of `--help`. */
export const help = `Starts the demo's export and draws its progress.

  npm run demo:terminal -- [options]

  --format csv|json   the format of the file (default: csv)
  --url <address>     the demo's address (default: the demo on this machine)
  --help              print this text

Ctrl-C cancels the export. A second Ctrl-C leaves at once, and the export continues.
Exit code: 0 completed, 1 failed or not started, 2 wrong arguments, 130 cancelled.
`

/** Parses the arguments after the script's name. Pure. */
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
    return { type: 'wrong', message: `${reason}: see --help` }
  }
}
