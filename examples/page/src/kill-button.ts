import type { PageState } from '@headway/example-shared'
import { find } from './find.ts'
import { askDemo } from './line.ts'

/** The button that kills the worker, and the line that says what became of it. */
export function offerKill(page: PageState, say: (text: string) => void): void {
  const button = find<HTMLButtonElement>('#kill')
  const news = find('#kill-news')
  const tell = (text: string): void => {
    news.textContent = text
    say(text)
  }
  const kill = async (): Promise<void> => {
    button.ariaDisabled = 'true'
    tell('The worker was killed. Another one starts.')
    try {
      const { killed, started } = await askDemo<{ killed: number; started: number }>('kill-worker')
      tell(
        `The worker was killed (process ${killed}); another takes over (process ${started}). ` +
          'Within ten seconds a job begins its next attempt, a workflow goes on at its step.',
      )
    } catch (error) {
      tell('')
      throw error
    } finally {
      button.ariaDisabled = 'false'
    }
  }
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') page.attempt('The worker was not killed', kill())
  })
}
