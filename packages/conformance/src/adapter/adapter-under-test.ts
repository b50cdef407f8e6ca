import type { Client, HeadwayError } from '@headway/core'

/** What a component shows, and how: the options of the hooks, the same in every framework. */
export interface Ask {
  show: 'job' | 'workflow' | 'query' | 'mutation' | 'connection'
  /** The name at the server. */
  name?: string
  /** The job or workflow to follow. */
  id?: string
  args?: unknown
  persist?: string
  /** Of a query. */
  enabled?: boolean
  select?: (view: never) => unknown
  onDone?: (output: unknown) => void
  onFail?: (error: HeadwayError) => void
}

/** What a component can do, as far as what it shows can. */
export interface Actions {
  start?(args: unknown): unknown
  cancel?(reason?: string): Promise<void>
  retry?(): Promise<void>
  retryStart?(): Promise<void>
  refetch?(): void
  mutate?(args: unknown): Promise<unknown>
}

/** What a component is given: it writes the view into its element, as `toText` has it. */
export interface Probe {
  ask: Ask
  /** Told with each render what can be done. */
  onRender(actions: Actions): void
}

/** A component that is shown. */
export interface Mounted {
  /** Asks for something else, as a parent's props would. */
  ask(next: Ask): void
  unmount(): void
}

/** A framework's adapter: how a component that uses it is shown. */
export interface AdapterUnderTest {
  /** Shows a component in `element`, below a provider of `client`. */
  mount(element: HTMLElement, client: Client, probe: Probe): Mounted
}

/** A view as a component writes it: JSON, errors with their words. */
export function toText(view: unknown): string {
  return JSON.stringify(view ?? null, (_, value: unknown) =>
    value instanceof Error ? { ...value, name: value.name, message: value.message } : value,
  )
}
