import { createClient, defineJob, defineWorkflow } from '@headway/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, idOf, type RunView } from './perform.ts'
import { type Performed, performAll, type Who } from './perform-all.ts'
import { toRecording } from './recording.ts'
import { type ForgeServer, startForge } from './server.ts'
import { createTap } from './tap.ts'
import { generatedFiles, type Loaded, loadVariants, variants } from './targets.ts'

/*
 * Every generated function, of every target in both cases, called against a real Forge server: what
 * comes back was given back by Rust, so that each value has gone both ways. What was sent and
 * answered stands in `recorded`, from which `replay.test.ts` repeats it without Rust. After a
 * change that is meant:
 *
 *   npm run test:forge -- -u
 */

const user = '7c0f7d6e-52a1-4c52-8a3e-0c8d1f1f0a01'

let forge: ForgeServer
let loaded: Loaded[]
let remove: () => Promise<void>
const performed = new Map<string, Record<string, Performed[]>>()
const runs = new Map<string, string>()

beforeAll(async () => {
  const variantsLoaded = await loadVariants()
  loaded = variantsLoaded.loaded
  remove = variantsLoaded.remove
  // Each variant opens three streams, and a Forge server keeps those that were closed for a while.
  forge = await startForge({ env: { MAX_SESSIONS_PER_USER: '100', MAX_SESSIONS_PER_IP: '100' } })
})
afterAll(async () => {
  await forge?.close()
  await remove?.()
})

const tokenOf = (who: Who): string | null =>
  who ? forge.jwt({ sub: user, roles: who === 'admin' ? ['admin'] : [] }) : null

const connect = (who: Who) => {
  const tap = createTap(globalThis.fetch)
  const token = () => tokenOf(who)
  return { client: createClient({ url: forge.url, fetch: tap.fetch, token }), sent: tap.sent }
}

/** Calls a mutation past everything that is tested here. */
const tell = async (name: string, args: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify({ args }) }
  const response = await fetch(`${forge.url}/_api/rpc/${name}`, init)
  expect(await response.json()).toMatchObject({ success: true })
}

describe.each(variants)('$target, $case', (variant) => {
  const find = () =>
    loaded.find((one) => one.target === variant.target && one.case === variant.case)

  it('takes what Rust takes, and gives what Rust gives', async () => {
    const one = find()
    if (!one) throw new Error('it was not generated')
    const told = new Set<string>()
    const onView = (
      name: string,
      { meanwhile }: { meanwhile?: string },
      at: number,
      view: RunView,
    ) => {
      const id = idOf(view)
      if (id !== '') runs.set(`${variant.target} ${variant.case} ${name} ${at}`, id)
      if (id === '' || told.has(id)) return
      if (meanwhile === 'confirm' && view.status === 'waiting') {
        told.add(id)
        void tell('confirm', { run_id: id, is_confirmed: true })
      }
      if (meanwhile === 'cancel' && view.status === 'running') {
        told.add(id)
        void tell('cancel', { job_id: id, reason: 'changed my mind' })
      }
    }
    const done = await performAll(one, { connect, onView })
    const outcomes = mapCalls(done, ({ outcome }) => outcome)
    expect(outcomes).toEqual(mapCalls(one.calls, expected))
    const watched = mapCalls(done, ({ outcome, watched }) => watched ?? outcome)
    expect(watched).toEqual(outcomes)
    // A failed call is neither compared nor recorded.
    performed.set(`${variant.target} ${variant.case}`, done)
  })

  it('sends what the others send', () => {
    const sent = (done: Record<string, Performed[]> = {}) =>
      mapCalls(done, ({ sent }) => sent.map(({ path, body }) => ({ path, body })))
    const own = performed.get(`${variant.target} ${variant.case}`)
    if (!own) throw new Error('its calls did not pass')
    expect(sent(own)).toEqual(sent(performed.get('core camel')))
  })
})

it('is recorded', async () => {
  const one = loaded[0]
  const done = performed.get('core camel')
  if (!one || !done) throw new Error('its calls did not pass')
  const client = createClient({ url: forge.url, token: () => tokenOf('user') })
  const recording = await toRecording(one, done, async (kind, name, at) => {
    const id = runs.get(`core camel ${name} ${at}`)
    const wire = one.wireNames[name] ?? ''
    const handle =
      kind === 'job' ? client.attach(defineJob(wire), id) : client.attach(defineWorkflow(wire), id)
    await handle.ready()
    return handle.getSnapshot()
  })
  client.close()
  for (const [file, text] of Object.entries(recording)) {
    await expect(text).toMatchFileSnapshot(`recorded/${file}`)
  }
  for (const name of generatedFiles) {
    await expect(one.files[name]).toMatchFileSnapshot(`generated/${name}`)
  }
})

function mapCalls<T, TMapped>(
  calls: Record<string, T[]>,
  map: (call: T) => TMapped,
): Record<string, TMapped[]> {
  const entries = Object.entries(calls).map(([name, list]): [string, TMapped[]] => [
    name,
    list.map(map),
  ])
  return Object.fromEntries(entries)
}
