import type { Page } from 'playwright'

/** A page with a client of a Forge server. */
export interface ShownPage {
  page: Page
  /** The paths that the page has asked the server for. */
  requests: string[]
  /** The view that the page has under a name. */
  show(name: string): Promise<unknown>
}

/** Creates the client of a page. An empty token signs nobody in. */
export async function showPage(
  page: Page,
  url: string,
  credentials: RequestCredentials,
  token: string,
): Promise<ShownPage> {
  const requests: string[] = []
  page.on('request', (request) => {
    // Playwright also reports the browser's preflights.
    if (request.method() === 'OPTIONS') return
    if (request.url().startsWith(url)) requests.push(new URL(request.url()).pathname)
  })
  await page.evaluate(
    ([url, mode, first]) => {
      globalThis.token = first
      globalThis.client = headway.createClient({
        url,
        credentials: mode,
        token: () => globalThis.token || null,
        everyUpdate: true,
      })
      views.connection = () => client.connection.getSnapshot()
    },
    [url, credentials, token] as const,
  )
  return { page, requests, show: (name) => page.evaluate((of) => views[of]?.(), name) }
}

/** Starts a run, and shows it under its name. */
export const start = (
  { page }: ShownPage,
  kind: 'job' | 'workflow',
  name: string,
  args: unknown,
): Promise<void> =>
  page.evaluate(
    ([what, of, given]) => {
      const run =
        what === 'job'
          ? client.start(headway.defineJob(of), given)
          : client.start(headway.defineWorkflow(of), given)
      const states: unknown[] = []
      seen[of] = states
      run.subscribe(() => states.push(run.getSnapshot()))
      views[of] = () => run.getSnapshot()
    },
    [kind, name, args] as const,
  )

/** Calls a function: its answer, or the code of the error. */
export const call = ({ page }: ShownPage, name: string, args: unknown): Promise<unknown> =>
  page.evaluate(
    ([of, given]) =>
      client
        .call(headway.defineMutation(of), given)
        .catch((error: Error & { code: string }) => error.code),
    [name, args] as const,
  )

/** Watches the notes on a topic, under that name. */
export const watch = ({ page }: ShownPage, topic: string): Promise<void> =>
  page.evaluate((of) => {
    const notes = client.watch(headway.defineQuery('list_notes'), { topic: of })
    notes.subscribe(() => undefined)
    views[of] = () => notes.getSnapshot()
  }, topic)

/** Gives the page another token, which the client sends with its next request. */
export const use = ({ page }: ShownPage, token: string): Promise<void> =>
  page.evaluate((next) => {
    globalThis.token = next
  }, token)

/** The number of streams that the page has opened. */
export const streamsOf = ({ requests }: ShownPage): number =>
  requests.filter((path) => path === '/_api/events').length

/** A member of a view. */
export const memberOf = async (
  { show }: ShownPage,
  name: string,
  member: string,
): Promise<unknown> => {
  const shown = (await show(name)) as Record<string, unknown>
  return shown[member]
}
