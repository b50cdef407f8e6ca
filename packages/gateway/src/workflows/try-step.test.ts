import { describe, expect, it } from 'vitest'
import type { StepContext } from '../app/step.ts'
import { describeError } from '../describe-error.ts'
import { type Tries, tryStep } from './try-step.ts'

const never = new AbortController().signal
const tries = (fields: Partial<Tries>): Tries => ({
  key: 'run/step/a',
  run: () => 1,
  retry: { attempts: 1 },
  signal: never,
  released: never,
  report: describeError,
  failed: () => undefined,
  ...fields,
})
const failing = (times: number) => (context: StepContext) => {
  if (context.attempt <= times) throw new Error(`try ${context.attempt}`)
  return context
}

describe('a step', () => {
  it('is told which try it is, and a key that stays', async () => {
    const outcome = await tryStep(tries({ run: (context) => context }))
    expect(outcome).toMatchObject({ ok: true, value: { key: 'run/step/a', attempt: 1 } })
  })

  it('is tried as often as it is to, and says each failure but the last', async () => {
    const said: string[] = []
    const retry = { attempts: 3, backoff: { type: 'fixed', delayMs: 0 } } as const
    const failed = (error: string): void => void said.push(error)
    const outcome = tryStep(tries({ run: failing(3), retry, failed }))
    expect(await outcome).toEqual({ ok: false, error: 'try 3' })
    expect(said).toEqual(['try 1', 'try 2'])
  })

  it('fails when it takes too long, whatever it does; each try has its own time', async () => {
    const aborted: string[] = []
    const run = ({ signal, attempt }: StepContext): Promise<never> => {
      signal.addEventListener('abort', () => aborted.push(`${attempt}: ${signal.reason.message}`))
      return new Promise(() => undefined)
    }
    const retry = { attempts: 2, backoff: { type: 'fixed', delayMs: 1 } } as const
    const outcome = tryStep(tries({ run, retry, timeout: 5 }))
    expect(await outcome).toEqual({ ok: false, error: 'The step took longer than 5 ms' })
    expect(aborted).toEqual([
      '1: The step took longer than 5 ms',
      '2: The step took longer than 5 ms',
    ])
  })

  it('that is asked to stop, and does, has not failed: whoever asked has the last word', async () => {
    const controller = new AbortController()
    const run = ({ signal }: StepContext): Promise<never> =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped'))),
      )
    const outcome = tryStep(tries({ run, retry: { attempts: 3 }, signal: controller.signal }))
    const reason = new Error('cancelled')
    controller.abort(reason)
    await expect(outcome).rejects.toBe(reason)
  })

  it('that succeeds although it was asked to stop has succeeded', async () => {
    const controller = new AbortController()
    const run = async (): Promise<string> => {
      controller.abort(new Error('cancelled'))
      return 'done'
    }
    expect(await tryStep(tries({ run, signal: controller.signal }))).toEqual({
      ok: true,
      value: 'done',
    })
  })

  it('is not tried again where nothing more is to be begun, and what is under way may end', async () => {
    const controller = new AbortController()
    const reason = new Error('closing')
    const retry = { attempts: 2, backoff: { type: 'fixed', delayMs: 60_000 } } as const
    let begin = (): void => undefined
    const began = new Promise<void>((resolve) => (begin = resolve))
    const outcome = tryStep(
      tries({ run: failing(1), retry, released: controller.signal, failed: () => begin() }),
    )
    outcome.catch(() => undefined)
    await began
    controller.abort(reason)
    await expect(outcome).rejects.toBe(reason)
    const run = async (): Promise<number> => 7
    expect(await tryStep(tries({ run, released: controller.signal }))).toEqual({
      ok: true,
      value: 7,
    })
  })
})
