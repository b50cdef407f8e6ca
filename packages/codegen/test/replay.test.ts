import { createClient } from '@headway/core'
import { createFakeGateway } from '@headway/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashApp } from './forge/app-sources.ts'
import { expected, idOf } from './forge/perform.ts'
import { performAll } from './forge/perform-all.ts'
import {
  isRefused,
  type Kind,
  type Recorded,
  type Recording,
  readRecording,
} from './forge/recording.ts'
import { howToRecord, staleness } from './forge/staleness.ts'
import { createTap } from './forge/tap.ts'
import { generatedFiles, type Loaded, loadVariants, variants } from './forge/targets.ts'
import { typeErrors } from './support/compile.ts'

/*
 * Replays the calls that `forge/calls.forge.test.ts` recorded at a real Forge server, without one.
 * Every generated function sends the recorded request, and turns the recorded answer into the same
 * output.
 */

let loaded: Loaded[]
let remove: () => Promise<void>
let recording: Recording

beforeAll(async () => {
  const all = await loadVariants()
  loaded = all.loaded
  remove = all.remove
  recording = await readRecording()
})
afterAll(() => remove?.())

const core = (): Loaded => {
  const [first] = loaded
  if (first) return first
  throw new Error('nothing was generated')
}

it('is of this app, of every function, and of nothing else', async () => {
  expect(staleness(recording, core(), await hashApp())).toEqual([])
})

describe('a recording is stale', () => {
  const said = async (change: Partial<Recording>, more: object = {}): Promise<string[]> =>
    staleness({ ...recording, ...change }, { ...core(), ...more }, await hashApp())
  const [jobs, again] = [() => recording.calls.job, howToRecord]

  it('of another app', async () => {
    expect(await said({ hash: '0'.repeat(64) })).toEqual([`the Forge app has changed: ${again}`])
  })

  it('without a call of a function, or with one that there is not', async () => {
    const without = jobs().filter((call) => call.function !== 'flaky')
    const renamed = without.concat(
      jobs()
        .filter((call) => call.function === 'flaky')
        .map((call) => ({ ...call, function: 'gone' })),
    )
    expect(await said({ calls: { ...recording.calls, job: without } })).toEqual([
      `flaky has 1 calls, and 0 recorded: ${again}`,
    ])
    expect(await said({ calls: { ...recording.calls, job: renamed } })).toEqual([
      `flaky has 1 calls, and 0 recorded: ${again}`,
      `gone has 0 calls, and 1 recorded: ${again}`,
    ])
  })

  it('when nobody calls a function, or calls one that there is not', async () => {
    const { flaky = [], ...calls } = core().calls
    expect(await said({}, { calls: { ...calls, gone: flaky } })).toEqual([
      `flaky has no call in calls.ts: add one, and ${again}`,
      'gone in calls.ts is no function of the app',
      `flaky has 0 calls, and 1 recorded: ${again}`,
    ])
  })
})

it(`generates what stands in forge/generated: else ${howToRecord}`, async () => {
  for (const name of generatedFiles) {
    await expect(loaded[0]?.files[name]).toMatchFileSnapshot(`forge/generated/${name}`)
  }
})

describe.each(variants)('$target, $case', ({ target, case: style }) => {
  const find = (): Loaded => {
    const one = loaded.find((one) => one.target === target && one.case === style)
    if (one) return one
    throw new Error('it was not generated')
  }

  it('has the types that its calls need', () => {
    // A table of calls says its types by `satisfies`.
    const options = { declaration: false, isolatedDeclarations: false }
    expect(typeErrors(find().files, options)).toEqual([])
  })

  it(`sends what was recorded, and gives what is expected: else ${howToRecord}`, async () => {
    const one = find()
    const kindOf = kindsByName(recording)
    const recordedOf = (name: string): Recorded[] => {
      const wireName = one.wireNames[name] ?? name
      return recording.calls[kindOf.get(wireName) ?? 'query'].filter(
        (call) => call.function === wireName,
      )
    }
    const gateway = replay(recording)
    const connect = () => {
      const tap = createTap(gateway.fetch)
      const client = createClient({ url: 'http://forge', fetch: tap.fetch, storage: null })
      return { client, sent: tap.sent }
    }
    const done = await performAll(one, {
      connect,
      onView(name, _call, at, view) {
        const answer = recordedOf(name)[at]?.answer
        if (idOf(view) === '' || view.isDone || typeof answer !== 'object') return
        // Later, since it is told in the middle of showing this one.
        queueMicrotask(() => gateway.update(idOf(view), { ...answer }))
      },
    })
    for (const [name, calls] of Object.entries(one.calls)) {
      const recorded = recordedOf(name)
      for (const [at, call] of calls.entries()) {
        const { sent = [], outcome, watched } = done[name]?.[at] ?? {}
        const [first, ...others] = sent.map(({ path, body }) => ({ path, body }))
        const { path, body } = recorded[at] ?? {}
        expect(first, `${name}, call ${at}`).toEqual({ path, body })
        expect(outcome, `${name}, call ${at}`).toEqual(expected(call))
        if (!watched) continue
        expect(watched, `${name}, watched ${at}`).toEqual(expected(call))
        const asked = {
          path: '/subscribe',
          body: { function: recorded[at]?.function, ...Object(body) },
        }
        expect(others, `${name}, watched ${at}`).toEqual([asked])
      }
    }
  })
})

function kindsByName({ calls }: Recording): Map<string, Kind> {
  const kinds = ['query', 'mutation', 'job', 'workflow'] as const
  return new Map(kinds.flatMap((kind) => calls[kind].map((call) => [call.function, kind] as const)))
}

/**
 * A fake server without our extensions, which answers calls, in their order, as the real one has.
 */
function replay({ calls }: Recording) {
  const answers = new Map<string, unknown[]>()
  for (const call of [...calls.query, ...calls.mutation, ...calls.job, ...calls.workflow]) {
    answers.set(call.function, [...(answers.get(call.function) ?? []), call.answer])
  }
  const workflows = [...new Set(calls.workflow.map((call) => call.function))]
  const gateway = createFakeGateway({ capabilities: [], pingSecs: null, workflows })
  const runs = new Set([...calls.job, ...calls.workflow].map((call) => call.function))
  const asked = new Map<string, number>()
  gateway.intercept(({ path, body }) => {
    const [, name = String(body.function ?? '')] = path.match(/^\/rpc\/([^/]+)/) ?? []
    if (!answers.has(name)) return undefined
    const key = `${path.startsWith('/rpc/') ? 'call' : 'watch'} ${name}`
    const at = asked.get(key) ?? 0
    asked.set(key, at + 1)
    const answer = answers.get(name)?.[at]
    if (isRefused(answer)) {
      return Response.json({ success: false, error: answer.error }, { status: answer.status })
    }
    return runs.has(name) ? undefined : Response.json({ success: true, ...Object(answer) })
  })
  return gateway
}
