import type { AnyRunView } from '@headway/core/adapter'
import type { Language } from './language.ts'

/** One step of a workflow in words. */
export interface StepText {
  /** Its status: a word of the server, or `waiting`. */
  status: string
  isCurrent: boolean
  texts: {
    /** Its name for people. */
    name: string
    /** Its status in a word; empty before it begins. */
    word: string
    /** Empty for none. */
    error: string
  }
}

/**
 * The steps of a workflow in words; of a job none. Pure.
 *
 * @param labels the names for people, by the names of the steps
 */
export function describeSteps(
  view: AnyRunView,
  labels: Readonly<Record<string, string>>,
  { messages }: Language,
): StepText[] {
  if (!('steps' in view)) return []
  const words: Readonly<Record<string, string>> = { ...messages }
  return view.steps.map(({ name, status: own, error }) => {
    // Forge does not name the current step.
    const isCurrent = view.isActive && (view.step ? name === view.step : own === 'running')
    const status = isCurrent && view.phase === 'waiting' ? 'waiting' : own
    return {
      status,
      isCurrent,
      texts: {
        name: labels[name] ?? name.replace(/_/g, ' '),
        // A newer server may have other words.
        word: words[status] ?? status,
        error: error ?? '',
      },
    }
  })
}
