import { describe, expect, it } from 'vitest'
import type { Target } from '../../src/emit/options.ts'
import type { TypeRef } from '../../src/schema.ts'
import * as s from '../support/build-schema.ts'
import { generate, generated } from '../support/generate.ts'

const { t } = s
const exportUsers = s.job('export_users', s.fields({ format: t.string }), s.named('ExportResult'), {
  docs: ['Writes all users to a file.'],
})
const result = s.object('ExportResult', s.fields({ url: t.string }))

it('svelte: a job and a workflow, as in the page that the product was asked for', () => {
  const verification = s.workflow('account_verification', s.fields({ user_id: t.string }), t.unit)
  const all = s.schema(exportUsers, verification, result)
  expect(generated('api.ts', all, { target: 'svelte', case: 'wire' })).toMatchInlineSnapshot(`
    "import {
      defineJob,
      defineWorkflow,
      type JobDefinition,
      type WorkflowDefinition,
    } from '@headway/core'
    import {
      createJobStore,
      createWorkflowStore,
      type JobStore,
      type WorkflowStore,
    } from '@headway/svelte'
    import type { ExportResult } from './types'

    /** Writes all users to a file. */
    export const exportUsers: JobDefinition<{ format: string }, ExportResult> =
      /* @__PURE__ */ defineJob('export_users')

    /** Writes all users to a file. */
    export const trackExportUsers = (args: { format: string }): JobStore<ExportResult> =>
      createJobStore<{ format: string }, ExportResult>('export_users', args)

    export const accountVerification: WorkflowDefinition<{ user_id: string }, void> =
      /* @__PURE__ */ defineWorkflow('account_verification')

    export const trackAccountVerification = (args: { user_id: string }): WorkflowStore<void> =>
      createWorkflowStore<{ user_id: string }, void>('account_verification', args)"
  `)
  expect(generated('api.ts', all, { target: 'svelte' })).toContain(
    `(args: { userId: string }): WorkflowStore<void> =>
  createWorkflowStore<{ userId: string }, void>(
    'account_verification',
    args,
    accountVerificationCodec,
  )`,
  )
})

describe.each<Target>(['core', 'svelte', 'react', 'vue'])('%s', (target) => {
  const emitted = (...parts: Parameters<typeof s.schema>): string =>
    generated('api.ts', s.schema(...parts, result), { target })

  it('a job', () => {
    expect(emitted(exportUsers)).toMatchSnapshot()
  })

  it('a workflow that takes nothing', () => {
    expect(emitted(s.workflow('clean_up', null, t.unit))).toMatchSnapshot()
  })

  it('a query, of a name of its own on the wire', () => {
    const query = s.query('get_user', s.fields({ id: t.string }), s.option(t.string))
    expect(emitted({ ...query, wireName: 'users.get' })).toMatchSnapshot()
  })

  it('a mutation', () => {
    expect(emitted(s.mutation('rename', s.fields({ id: t.string }), t.boolean))).toMatchSnapshot()
  })
})

describe('what a function takes', () => {
  const argsOf = (fields: ReturnType<typeof s.fields>): string[] => {
    const files = generate(s.schema(s.job('export_users', fields, s.named('ExportResult')), result))
    const [, args = ''] =
      /client: Client,\s*args: ([\s\S]*?),?\s*\): /.exec(files['api.ts'] ?? '') ?? []
    return [args, files['types.ts']?.includes('interface ExportUsersArgs') ? 'named' : 'in place']
  }

  it('is written in place where a line has room for it', () => {
    expect(argsOf(s.fields({ format: t.string }))).toEqual(['{ format: string }', 'in place'])
  })

  it('has a name where it is long', () => {
    const long = s.fields({ format: t.string, include_archived: t.boolean, since: t.string })
    expect(argsOf(long)).toEqual(['ExportUsersArgs', 'named'])
  })

  it('has a name where its members have doc comments', () => {
    expect(argsOf(s.fields({ format: t.string }, { docs: ['csv.'] }))).toEqual([
      'ExportUsersArgs',
      'named',
    ])
  })
})

describe('a name that TypeScript has itself', () => {
  it('has _ behind it, of a function', () => {
    const text = generated('api.ts', s.schema(s.mutation('delete', null, t.unit)))
    expect(text).toContain(
      "export const delete_: MutationDefinition<NoArgs, void> = /* @__PURE__ */ defineMutation('delete')",
    )
  })

  it('has _ behind it, of a type', () => {
    const all = s.schema(s.query('get', null, s.map(s.named('Record'))), s.object('Record', []))
    expect(generated('types.ts', all)).toContain('export type Record_ = Record<string, never>')
    expect(generated('api.ts', all)).toContain('Record<string, Record_>')
  })

  it('is the user’s own where it is one of ours', () => {
    const all = s.schema(
      s.job('client', null, s.named('Client')),
      s.object('Client', s.fields({ id: t.string })),
    )
    const text = generated('api.ts', all)
    expect(text).toContain('Client as HeadwayClient,')
    expect(text).toContain('(client: HeadwayClient): JobHandle<Client> =>')
  })
})

it('an empty schema is a module that exports nothing', () => {
  expect(generated('api.ts', s.schema())).toBe('export {}')
})

describe('a function with files', () => {
  const picture = s.object('Picture', s.fields({ file: s.option(t.upload) }))
  const album = s.object('Album', s.fields({ cover: s.named('Picture'), next: s.named('Album') }))
  const definitionOf = (make: typeof s.job, args: Parameters<typeof s.job>[1]): string =>
    generated('api.ts', s.schema(make('put', args, t.unit), picture, album))

  it.each<[what: string, type: TypeRef]>([
    ['a file', t.upload],
    ['a file in a list', s.list(t.upload)],
    ['a file deep in a recursive type', s.named('Album')],
    ['a file by the config', { kind: 'verbatim', text: 'File | null' }],
  ])('a job with %s sends forms', (_, type) => {
    const text = definitionOf(s.job, s.fields({ given: type }))
    expect(text).toMatch(/withFiles\(\s*\/\* @__PURE__ \*\/ defineJob\('put'\)/)
  })

  it('a mutation sends forms by itself', () => {
    const text = definitionOf(s.mutation, s.fields({ given: t.upload }))
    expect(text).toMatch(/\bdefineMutation\('put'\)/)
    expect(text).not.toContain('withFiles')
  })

  it('a job without a file brings along no such code', () => {
    const text = definitionOf(s.job, s.fields({ given: t.unknown, other: s.list(t.string) }))
    expect(text).toMatch(/\bdefineJob\('put'\)/)
    expect(text).not.toContain('withFiles')
  })
})
