import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { child, step, workflow } from '../../src/index.ts'
import { query } from './database.ts'

/** Where the workflows below note what they do: each line is an effect that must not be had twice. */
export async function createEffects(database: string): Promise<void> {
  await query(
    database,
    `create table effect (id bigint generated always as identity, run uuid, name text);
     create table gate (name text primary key)`,
  )
}

/** What a run has done, in order. */
export async function effectsOf(database: string, run: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    database,
    'select name from effect where run = $1 order by id',
    [run],
  )
  return rows.map(({ name }) => name)
}

/** Opens a gate that a step waits at. */
export async function openGate(database: string, name: string): Promise<void> {
  await query(database, 'insert into gate (name) values ($1) on conflict do nothing', [name])
}

/** Workflows that behave as tests need it, here and in worker processes. */
export function createWorkflows(database: string) {
  const effect = async (run: string, name: string): Promise<string> => {
    await query(database, 'insert into effect (run, name) values ($1, $2)', [run, name])
    return name
  }
  /** Until a test opens the gate of this name. */
  const gate = async (name: string, signal?: AbortSignal): Promise<void> => {
    while ((await query(database, 'select from gate where name = $1', [name])).length === 0) {
      await wait(20, undefined, { signal })
    }
  }
  const greet = workflow({
    steps: ['greet'],
    run: async (ctx, { name }: { name: string }) => {
      if (name === '') throw new Error('nobody to greet')
      return ctx.step('greet', async () => {
        await effect(ctx.id, 'greet')
        return { greeting: `Hello ${name}` }
      })
    },
  })
  /** Three steps, each of which can be undone; `fail` says which one fails, `gateAt` which one waits for its gate. */
  const order = workflow({
    steps: ['reserve', 'charge', 'ship', 'thank'],
    run: async (ctx, { fail, gateAt }: { fail?: string; gateAt?: string }) => {
      const done: string[] = []
      for (const name of ['reserve', 'charge', 'ship'] as const) {
        const output = await ctx.step(
          name,
          async ({ signal }) => {
            if (gateAt === name) await gate(`${ctx.id}/${name}`, signal)
            const isMended = ctx.attempt > 1
            if (fail === name && !isMended) throw new Error(`${name} failed`)
            return effect(ctx.id, name)
          },
          {
            compensate: async (output, { signal }) => {
              if (gateAt === `undo ${name}`) await gate(`${ctx.id}/undo ${name}`, signal)
              await effect(ctx.id, `undo ${output}`)
            },
          },
        )
        done.push(output)
      }
      await ctx.step('thank', () => effect(ctx.id, 'thank'))
      return { done }
    },
  })
  return {
    greet,
    order,
    /** Nothing of it can be undone. */
    plain: workflow({
      steps: ['one', 'two', 'three'],
      run: async (ctx, { gateAt }: { gateAt?: string }) => {
        await ctx.step('one', () => effect(ctx.id, 'one'))
        if (gateAt === 'between') await gate(`${ctx.id}/between`)
        await ctx.step('two', () => {
          if (ctx.attempt === 1 && gateAt !== 'between') throw new Error('disk full')
          return effect(ctx.id, 'two')
        })
        await ctx.step('three', () => effect(ctx.id, 'three'))
        return ctx.attempt
      },
    }),
    /** Waits for a click, which is shown as a step. */
    verify: workflow({
      steps: ['mail', 'clicked', 'activate'],
      run: async (ctx, { timeout }: { timeout?: number }) => {
        await ctx.step('mail', () => effect(ctx.id, 'mail'))
        const click = await ctx.waitFor('clicked', timeout === undefined ? {} : { timeout })
        await ctx.step('activate', () => effect(ctx.id, 'activate'))
        return click
      },
    }),
    /** Two waits for the same event, and one that no step is shown for. */
    waits: workflow({
      run: async (ctx) => {
        const first = await ctx.waitFor('word')
        const second = await ctx.waitFor('word')
        return [first, second]
      },
    }),
    sleeper: workflow({
      steps: ['before', 'after'],
      run: async (ctx, { ms }: { ms: number }) => {
        await ctx.step('before', () => effect(ctx.id, 'before'))
        await ctx.sleep(ms)
        await ctx.step('after', () => effect(ctx.id, 'after'))
        return null
      },
    }),
    /** Tries, times out, and goes on without what is not needed. */
    tries: workflow({
      steps: ['flaky', 'late', 'needless'],
      run: async (ctx) => {
        const tries = await ctx.step(
          'flaky',
          ({ attempt }) => {
            if (attempt < 3) throw new Error(`try ${attempt}`)
            return attempt
          },
          { retry: { attempts: 3, backoff: { type: 'fixed', delayMs: 1 } } },
        )
        const late = await ctx.step('late', () => new Promise<string>(() => undefined), {
          timeout: 20,
          optional: true,
        })
        const needless = await ctx.step(
          'needless',
          () => {
            throw new Error('nobody needs it')
          },
          { optional: true },
        )
        return { tries, late, needless }
      },
    }),
    /** Branches side by side; the child is a run of its own. */
    sides: workflow({
      steps: ['left', 'right', 'child', 'last'],
      run: async (ctx, { name, fail }: { name: string; fail?: boolean }) => {
        const compensate = (output: string): Promise<string> => effect(ctx.id, `undo ${output}`)
        const [left, right, greeted] = await ctx.parallel([
          step('left', () => effect(ctx.id, 'left'), { compensate }),
          step(
            'right',
            () => {
              if (fail) throw new Error('right failed')
              return 2
            },
            { retry: { attempts: 1 } },
          ),
          child('child', greet, { name }, { compensate: () => effect(ctx.id, 'undo child') }),
        ])
        ctx.progress({ done: 9, total: 10, unit: 'parts', message: 'nearly' })
        await ctx.step('last', () => effect(ctx.id, 'last'))
        return { left, right, greeting: greeted.greeting }
      },
    }),
    /** Runs until it is cancelled, in a child. */
    endless: workflow({
      steps: ['child'],
      run: async (ctx) => {
        await ctx.parallel([child('child', order, { gateAt: 'charge' })])
        return null
      },
    }),
    /** Asks to stop at once, and does what is asked. */
    obedient: workflow({
      steps: ['work'],
      run: async (ctx) => {
        await ctx.step('work', async ({ signal }) => {
          await effect(ctx.id, 'begun')
          if (!signal.aborted) await once(signal, 'abort')
          throw signal.reason
        })
        return null
      },
    }),
    twice: workflow({
      run: async (ctx) => {
        await ctx.step('same', () => 1)
        await ctx.step('same', () => 2)
        return null
      },
    }),
  }
}
