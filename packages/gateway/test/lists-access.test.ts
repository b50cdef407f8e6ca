import { isRecord } from '@headway/core/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, bearer, begin, database, nobody, serve, startedBy } from './support/access-gateway.ts'
import { query } from './support/database.ts'
import { idsIn, ways } from './support/list-ways.ts'

type Headers = Record<string, string>

describe.each(ways)('a list by %s', (way, read) => {
  it('has one’s own runs alone, the newest first', async () => {
    const [ann, bob] = [await bearer(`ann-own ${way}`), await bearer(`bob-own ${way}`)]
    const [first, , last] = [await begin(ann), await begin(bob), await begin(ann)]
    expect(idsIn(await read(ann, {}))).toEqual([last, first])
  })

  it('has none of another user’s runs, however they are named', async () => {
    const ann = await bearer(`ann-shut ${way}`)
    const id = await begin(ann)
    const bob = await bearer(`bob-shut ${way}`)
    for (const filter of [
      { owner: `ann-shut ${way}` },
      { anyOwner: true },
      { name: 'mine' },
      { kind: 'job' },
    ]) {
      expect(idsIn(await read(bob, filter))).not.toContain(id)
    }
    expect(idsIn(await read(ann, { owner: `ann-shut ${way}` }))).toEqual([id])
  })

  it('has those that `authorize` shows', async () => {
    const id = await begin(await bearer(`ann-open ${way}`))
    const support = await bearer('eve', { roles: ['support'] })
    expect(idsIn(await read(support, {}))).toEqual([])
    expect(idsIn(await read(support, { owner: `ann-open ${way}` }))).toEqual([id])
    expect(idsIn(await read(support, { anyOwner: true }))).toContain(id)
  })

  it('gives the ids of anonymous clients’ runs to admins alone', async () => {
    const id = startedBy(await ask('POST', '/rpc/open', nobody))
    for (const reader of [await bearer('ann'), await bearer('eve', { roles: ['support'] })]) {
      expect(idsIn(await read(reader, { anyOwner: true }))).not.toContain(id)
    }
    const admin = await bearer('root', { roles: ['admin'] })
    expect(idsIn(await read(admin, { anyOwner: true }))).toContain(id)
  })

  it('is refused to an anonymous caller', async () => {
    for (const filter of [{}, { anyOwner: true }, { owner: 'ann' }]) {
      expect(await read(nobody, filter)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    }
  })

  it('says which member of its filter is wrong', async () => {
    const answer = await read(await bearer('ann'), { status: 'done' })
    expect(answer).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' })
    expect(answer.message).toMatch(/status: give one or several of pending, /)
  })
})

describe('the cursor of a list', () => {
  it('tells nothing of runs that its reader may not see', async () => {
    const ann = await bearer('ann-cursor')
    const ids = [
      startedBy(await ask('POST', '/rpc/open', nobody)),
      await begin(ann),
      await begin(ann),
    ]
    const bob = await bearer('bob-cursor')
    let cursor = ''
    for (let page = 0; page < 20; page += 1) {
      const { data } = await ask('GET', `/runs?anyOwner=true&limit=1${cursor}`, bob)
      const next = isRecord(data) ? data.next : null
      if (typeof next !== 'string') break
      const bytes = Buffer.from(next, 'base64url')
      for (const id of ids) {
        expect(bytes.toString()).not.toContain(id)
        expect(bytes.toString('hex')).not.toContain(id.replaceAll('-', ''))
      }
      cursor = `&cursor=${next}`
    }
    expect(cursor).not.toBe('')
  })
})

describe('a server without `authorize`', () => {
  let plain: Promise<string> | undefined
  const at = () => (plain ??= serve())

  it('refuses the runs of others to all but admins', async () => {
    const ann = await bearer('ann-alone')
    const id = await begin(ann)
    const list = async (headers: Headers, search: string) =>
      ask('GET', `/runs${search}`, headers, {}, await at())
    for (const search of ['?anyOwner=true', '?owner=ann-alone']) {
      const refused = await list(await bearer('bob-alone'), search)
      expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN' })
      expect(idsIn(await list(await bearer('root', { roles: ['admin'] }), search))).toContain(id)
    }
    expect(idsIn(await list(ann, '?owner=ann-alone'))).toEqual([id])
  })
})

describe('an `authorize` that fails', () => {
  it('leaves its run out of a list', async () => {
    const url = await serve({
      authorize: ({ run }) => {
        if (run.owner === 'ann-broken') throw new Error('the directory is away')
        return true
      },
    })
    const [broken, shown] = [
      await begin(await bearer('ann-broken')),
      await begin(await bearer('ann-shown')),
    ]
    const bob = await bearer('bob-broken')
    const ids = idsIn(await ask('GET', '/runs?anyOwner=true&limit=200', bob, {}, url))
    expect(ids).toContain(shown)
    expect(ids).not.toContain(broken)
  })
})

describe('an observed run without an owner', () => {
  const insert = (readers: string, owner: string | null = null) =>
    query<{ id: string }>(
      database,
      `insert into headway.run (id, kind, name, engine, readers, owner)
       values (gen_random_uuid(), 'job', 'seen', 'observed', $1, $2) returning id`,
      [readers, owner],
    )

  it('is listed for admins, or for everybody if it is public', async () => {
    const [hidden] = await insert('admins')
    const [open] = await insert('everyone')
    const list = async (headers: Headers) =>
      idsIn(await ask('GET', '/runs?anyOwner=true&name=seen', headers))
    expect(await list(await bearer('ann'))).toEqual([open?.id])
    const admin = await bearer('root', { roles: ['admin'] })
    expect(await list(admin)).toEqual([open?.id, hidden?.id])
  })
})

describe('a server without authentication', () => {
  let plain: Promise<string> | undefined
  const at = () => (plain ??= serve({ auth: undefined as never }))
  afterAll(() => query(database, `delete from headway.run where owner is null`))

  it('lists the runs without an owner', async () => {
    const id = startedBy(await ask('POST', '/rpc/open', nobody, {}, await at()))
    const owned = await begin(await bearer('ann-plain'))
    const own = idsIn(await ask('GET', '/runs?limit=200', nobody, {}, await at()))
    expect(own).toContain(id)
    const all = idsIn(await ask('GET', '/runs?limit=200&anyOwner=true', nobody, {}, await at()))
    expect(all).toContain(id)
    expect(all).not.toContain(owned)
  })
})
