import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { marker } from '../../src/generated-file.ts'
import { createFolder } from '../support/folder.ts'
import { flags, headway, server } from '../support/headway.ts'

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
  const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
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
