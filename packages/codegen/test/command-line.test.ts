import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { main } from '../src/cli/command-line.ts'
import { marker } from '../src/generated-file.ts'
import { createFolder, type Folder } from './support/folder.ts'

const server = {
  'back/src/lib.rs':
    '#[forge::job]\npub fn export_users(ctx: &JobContext, format: String) -> Result<u32> {}\n',
}
const flags = ['--from', 'back/src', '--target', 'svelte', '--out', 'front']

/** Runs `headway` in a folder: its exit code, and what it said. */
async function headway(
  folder: Folder,
  args: string[],
  around: { isTTY?: boolean; env?: object } = {},
) {
  const said = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof said) => ({
    isTTY: around.isTTY === true,
    write(text: string) {
      said[name] += text
    },
  })
  const code = await main(args, {
    cwd: folder.path,
    env: { ...around.env },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  })
  return { code, ...said }
}

describe('headway generate', () => {
  it('writes what is not there yet, and nothing the next time', async () => {
    const folder = await createFolder(server)
    const first = await headway(folder, ['generate', ...flags])
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toContain('wrote front/api.ts\n')
    expect(first.stderr).toMatch(/done 1 function, 0 types: \d+ files? in front\n$/)
    const written = await folder.read()
    expect(written['front/api.ts']).toMatch(new RegExp(`^${marker}\n`))
    expect(written['front/api.ts']).toContain('trackExportUsers')

    const second = await headway(folder, ['generate', ...flags])
    expect(second.code).toBe(0)
    expect(second.stderr).toMatch(/^done 1 function, 0 types: \d+ files? as before in front\n$/)
    expect(await folder.read()).toEqual(written)
  })

  it('writes files without anything in them for an app of Forge that has no function yet', async () => {
    const folder = await createFolder({
      'back/src/main.rs': 'use forge::prelude::*;\nfn main() { Forge::builder().auto_register(); }',
    })
    const said = await headway(folder, ['generate', ...flags])
    expect(said).toMatchObject({ code: 0 })
    expect(said.stderr).toContain('done 0 functions, 0 types: 5 files in front\n')
    const written = await folder.read()
    expect(written['front/api.ts']).toBe(`${marker}\nexport {}\n`)
  })

  it('says nothing with --quiet', async () => {
    const folder = await createFolder(server)
    const said = await headway(folder, ['generate', ...flags, '--quiet'], { isTTY: true })
    expect(said).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('takes from the config what no flag says', async () => {
    const config = { from: '../back/src', target: 'core', out: 'lib', case: 'wire' }
    const folder = await createFolder({ ...server, 'web/my.json': JSON.stringify(config) })
    const said = await headway(folder, ['generate', '--config', 'web/my.json', '--out', 'front'])
    expect(said.code).toBe(0)
    expect((await folder.read())['front/api.ts']).toContain('@headway/core')
  })

  it('shows how far it is to somebody who looks, and cleans up', async () => {
    const folder = await createFolder(server)
    const { stderr } = await headway(folder, ['generate', ...flags], { isTTY: true })
    expect(stderr).toContain('\r\u001b[2KReading 100 % (1 of 1 files)\r\u001b[2K')
    expect((await headway(folder, ['generate', ...flags])).stderr).not.toContain('Reading')
  })

  it('paints on a terminal, unless it is told not to', async () => {
    const folder = await createFolder(server)
    const green = '\u001b[32mdone\u001b[39m'
    const painted = async (around: { isTTY?: boolean; env?: object }) => {
      const { stderr } = await headway(folder, ['generate', ...flags], around)
      return stderr.includes(green)
    }
    expect(await painted({ isTTY: true })).toBe(true)
    expect(await painted({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(await painted({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
    expect(await painted({})).toBe(false)
    expect(await painted({ env: { FORCE_COLOR: '1' } })).toBe(true)
  })
})

describe('headway generate --check', () => {
  it('is content with what is as it should be', async () => {
    const folder = await createFolder(server)
    await headway(folder, ['generate', ...flags])
    expect(await headway(folder, ['generate', ...flags, '--check'])).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  it('shows what would change, writes none of it and fails', async () => {
    const folder = await createFolder(server)
    await headway(folder, ['generate', ...flags])
    const before = await folder.read()
    await folder.write({
      'back/src/lib.rs': server['back/src/lib.rs'].replace('format', 'file_type'),
      'front/old.ts': `${marker}\n`,
    })
    const said = await headway(folder, ['generate', ...flags, '--check'])
    expect(said.code).toBe(1)
    expect(said.stdout).toContain('--- front/api.ts\tas it is\n+++ front/api.ts\tas it would be\n')
    expect(said.stdout).toMatch(/^-.*format: string/m)
    expect(said.stdout).toMatch(/^\+.*fileType: string/m)
    expect(said.stdout).toContain('front/old.ts is not generated any more\n')
    expect(said.stderr).toMatch(/^error: \d files would change: run headway generate\n$/)
    expect((await folder.read())['front/api.ts']).toBe(before['front/api.ts'])
  })

  it('names files that are missing', async () => {
    const folder = await createFolder(server)
    const { code, stdout } = await headway(folder, ['generate', ...flags, '--check'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^front\/api\.ts is missing: \d+ lines$/m)
    expect(Object.keys(await folder.read())).toEqual(['back/src/lib.rs'])
  })
})

describe('what cannot be generated from', () => {
  it('is shown all at once, with its lines and hints', async () => {
    const folder = await createFolder({
      'back/src/users.rs': '#[query]\n\tfn it(site: url::Url) -> Result<Vec<Mime>> {}\r\n',
      'back/src/lib.rs': '#[query] fn broken( {}\n',
    })
    const said = await headway(folder, ['generate', ...flags])
    expect(said.code).toBe(1)
    expect(said.stdout).toBe('')
    expect(said.stderr.replace(/hint: .*/g, 'hint: …')).toBe(
      [
        'back/src/lib.rs:1:20  error: This is not Rust that can be read: `)` is missing here',
        '    1 | #[query] fn broken( {}',
        '      |                    ^',
        '      hint: …',
        '',
        'back/src/users.rs:2:14  error: `url::Url` is not a type that is known here',
        '    2 | \tfn it(site: url::Url) -> Result<Vec<Mime>> {}',
        '      | \t            ^^^^^^^^',
        '      hint: …',
        '',
        'back/src/users.rs:2:38  error: `Mime` is not a type that is known here',
        '    2 | \tfn it(site: url::Url) -> Result<Vec<Mime>> {}',
        '      | \t                                    ^^^^',
        '      hint: …',
        '',
        '3 errors in 2 files. Nothing was written.',
        '',
      ].join('\n'),
    )
    expect(Object.keys(await folder.read())).not.toContain('front/api.ts')
  })

  it.each<[what: string, files: Record<string, string>, message: RegExp]>([
    ['a folder that is not there', {}, /^error: There is no folder .*back\/src: give the one with/],
    ['a folder without Rust', { 'back/src/a.txt': '' }, /There is no Rust file in .*back\/src/],
    [
      'a folder without functions',
      { 'back/src/a.rs': 'fn a() {}' },
      /one Rust file was read, and no function has #\[forge::query\]/,
    ],
    [
      'a file that is somebody’s own',
      { ...server, 'front/api.ts': 'mine' },
      /were not generated, and would be overwritten:\n {2}.*front\/api\.ts\nMove them/,
    ],
  ])('%s', async (_, files, message) => {
    const folder = await createFolder(files)
    const said = await headway(folder, ['generate', ...flags])
    expect(said.code).toBe(1)
    expect(said.stderr).toMatch(message)
    expect(await folder.read()).toEqual(files)
  })
})

describe('wrong usage', () => {
  it.each<[args: string[], message: string]>([
    [['generate', '--form', 'x'], "error: unknown option '--form'\n(Did you mean --from?)\n"],
    [['generate', '--chek'], "error: unknown option '--chek'\n(Did you mean --check?)\n"],
    ...(
      [
        ['sveltekit', 'svelte'],
        ['reakt', 'react'],
        ['veu', 'vue'],
      ] as const
    ).map(([given, meant]): [string[], string] => [
      ['generate', '--target', given],
      `error: option '--target <name>' argument '${given}' is invalid. It is one of svelte, react, vue, core.\n(Did you mean ${meant}?)\n`,
    ]),
    [['generat'], "error: unknown command 'generat'\n(Did you mean generate?)\n"],
    [
      ['generate', '--target', 'solid'],
      "error: option '--target <name>' argument 'solid' is invalid. It is one of svelte, react, vue, core.\n",
    ],
    [['generate', '--config', 'no.json'], 'error: There is no config at no.json\n'],
    [
      ['generate', '--out', 'x'],
      'error: --from and --target are missing, and no config says it. For example:\n  headway generate --from ../backend/src --target svelte --out src/lib/forge\n',
    ],
  ])('%j', async (args, message) => {
    const said = await headway(await createFolder(), args)
    expect(said).toEqual({ code: 2, stdout: '', stderr: message })
  })

  it('no command at all shows what there is', async () => {
    const { code, stderr } = await headway(await createFolder(), [])
    expect(code).toBe(2)
    expect(stderr).toContain('generate')
  })
})

it('--help reads well', async () => {
  const { code, stdout } = await headway(await createFolder(), ['generate', '--help'])
  expect(code).toBe(0)
  expect(stdout).toMatchSnapshot()
})

it('reads five thousand files', async () => {
  const files = Array.from({ length: 5_000 }, (_, number): [string, string] => [
    `back/src/m${number % 50}/f${number}.rs`,
    fileNumber(number),
  ])
  const folder = await createFolder(Object.fromEntries(files))
  const said = await headway(folder, ['generate', ...flags])
  expect(said.stderr).toMatch(/done 5000 functions, 5000 types: \d+ files in front\n$/)
})

/** A file as there are many: a type, a function, and what the server does. */
function fileNumber(number: number): string {
  return `
    use crate::prelude::*;

    /// Number ${number}.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Row${number} { pub id: Uuid, pub name: Option<String>, pub tags: Vec<HashMap<String, i64>> }

    #[forge::query(cache = "30s")]
    pub async fn row_${number}(ctx: &QueryContext, id: Uuid) -> Result<Row${number}> {
        let found = sqlx::query_as!(Row, "select * from rows where id = $1", id).fetch_one(ctx.db()).await?;
        for attempt in 0..10 {
            if found.size > 3 && attempt < 2 { tracing::info!("{} {}", attempt, found.id); } else { return Err(NotFound.into()); }
        }
        match found.next { Some(next) => next.map(|it| it + 1).collect::<Vec<_>>(), None => vec![] };
        Ok(found)
    }
  `
}

it('knows its fixtures by heart: each target, each case', async () => {
  const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
  for (const target of ['svelte', 'react', 'vue', 'core']) {
    for (const style of ['camel', 'wire']) {
      const folder = await createFolder()
      const from = join(fixtures, 'full_app')
      const args = [
        'generate',
        '--from',
        from,
        '--target',
        target,
        '--case',
        style,
        '--out',
        'front',
      ]
      expect((await headway(folder, args)).code).toBe(0)
      expect((await headway(folder, [...args, '--check'])).code).toBe(0)
    }
  }
})
