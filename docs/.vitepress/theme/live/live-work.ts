import type { StepSnapshot } from '@headway/core/protocol'
import type { FakeGateway } from '@headway/core/testing'
import type { Attempt } from './fake-worker.ts'

type Work = (attempt: Attempt) => Promise<void>

/** An export of 100 rows. Each attempt begins at the first. */
export function exportUsers(gateway: FakeGateway, id: string): Work {
  return async ({ attempt, pause }) => {
    gateway.update(id, { status: 'running', attempt, progress: 0, message: 'row 0 of 100' })
    for (let row = 4; row <= 100; row += 4) {
      await pause(250)
      gateway.update(id, { progress: row, message: `row ${row} of 100` })
    }
    gateway.update(id, { status: 'completed', output: { file: 'users.csv' } })
  }
}

const stepNames = ['create_account', 'email_confirmed', 'open_account'] as const

/** The event that the second step waits for. */
export const confirmed = 'email_confirmed'

/** Three steps, each done once: a worker that takes over goes on with the step that is not done. */
export function verifyAccount(gateway: FakeGateway, id: string): Work {
  let done = 0
  const show = (running: boolean): void => {
    const steps = stepNames.map((name, at): StepSnapshot => {
      const status = at < done ? 'completed' : at === done && running ? 'running' : 'pending'
      return { name, status, error: null }
    })
    gateway.update(id, {
      status: stepNames[done] === confirmed ? 'waiting' : 'running',
      waiting_for: stepNames[done] === confirmed ? confirmed : null,
      step: stepNames[done] ?? null,
      steps,
    })
  }
  return async ({ pause, event }) => {
    while (done < stepNames.length) {
      show(true)
      await (stepNames[done] === confirmed ? event(confirmed) : pause(2_000))
      done += 1
    }
    show(false)
    gateway.update(id, { status: 'completed', output: null })
  }
}
