import { exportUsers, type Page, type Screen } from './random-page.ts'

/** What a listener may do when a screen changes. */
export const reactions: ((page: Page, screen: Screen) => unknown)[] = [
  ({ client }) => {
    client.close()
    client.reconnectNow()
  },
  ({ client }) => client.pause('test'),
  ({ client }) => {
    client.pause('listener')
    client.resume('listener')
  },
  unsubscribe,
  ({ leave }, screen) => leave(screen),
  ({ client }) => quietly(client.tokenChanged()),
  ({ client }) => client.reconnectNow(),
  ({ gateway }) => gateway.drop(),
  (_, { kind, handle }) => kind === 'run' && quietly(handle.retry()),
  (_, { kind, handle }) => kind === 'query' && handle.refetch(),
  ({ showRun, client }) => showRun(() => client.start(exportUsers, null)),
  ({ screens, leave }) => screens.forEach(leave),
]

/** Stops watching, and ends the handle. */
export function unsubscribe({ leave }: Page, screen: Screen): void {
  leave(screen)
  screen.handle.unsubscribe()
}

/** Ignores a rejection: the view shows the refusal. */
export function quietly(promise: Promise<unknown>): void {
  promise.catch(() => undefined)
}
