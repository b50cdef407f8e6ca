import { isCancel, select, text } from '@clack/prompts'
import {
  type Choices,
  databaseNames,
  databases,
  frameworkNames,
  frameworks,
} from './compose/choices.ts'

/** What the program asks for, and flags may answer. */
export interface Answers extends Omit<Choices, 'name'> {
  folder: string
}

/** Answers questions: a person at a terminal. Each resolves with `null` if they leave. */
export interface Asker {
  folder(fallback: string): Promise<string | null>
  framework(): Promise<Answers['framework'] | null>
  database(): Promise<Answers['database'] | null>
}

/** `null` in place of the symbol for those who leave. */
const orNull = <T>(answer: T): Exclude<T, symbol> | null =>
  isCancel(answer) ? null : (answer as Exclude<T, symbol>)

/** Asks on the terminal. */
export const terminal: Asker = {
  async folder(fallback) {
    const message = 'Where do you want the application?'
    const answer = orNull(await text({ message, placeholder: fallback, defaultValue: fallback }))
    return answer === null ? null : answer.trim() || fallback
  },
  async framework() {
    const options = frameworkNames.map((value) => ({ value, label: frameworks[value] }))
    return orNull(await select({ message: 'Which framework has the page?', options }))
  },
  async database() {
    const options = databaseNames.map((value) => ({ value, label: databases[value] }))
    return orNull(await select({ message: 'Where are the jobs?', options }))
  },
}
