import type { Client, HeadwayError } from '@headway/core'

/** The view that a component shows, and the options of its hook: the same in every framework. */
export interface Ask {
  show: 'job' | 'workflow' | 'query' | 'mutation' | 'connection'
  /** The name of the job, workflow, query or mutation. */
  name?: string
  /** The id of the job or workflow to attach to. */
  id?: string
  args?: unknown
  persist?: string
  /** For a query. */
  enabled?: boolean
  select?: (view: never) => unknown
  onDone?: (output: unknown) => void
  onFail?: (error: HeadwayError) => void
}

/** The functions that a component has; which ones depends on its view. */
export interface Actions {
  start?(args: unknown): unknown
  cancel?(reason?: string): Promise<void>
  retry?(): Promise<void>
  retryStart?(): Promise<void>
  refetch?(): void
  mutate?(args: unknown): Promise<unknown>
}

/** The props of a component. It writes its view into its element by `toText`. */
export interface Probe {
  ask: Ask
  /** Receives the functions of the component at each render. */
  onRender(actions: Actions): void
}

/** A component on the page. */
export interface Mounted {
  /** Changes the props, as a parent does. */
  ask(next: Ask): void
  unmount(): void
}

/** A framework's adapter, by a component that uses it. */
export interface AdapterUnderTest {
  /** Mounts a component in `element`, below a provider of `client`. */
  mount(element: HTMLElement, client: Client, probe: Probe): Mounted
}

/** A view as JSON, which has the name and the message of errors. */
export function toText(view: unknown): string {
  return JSON.stringify(view ?? null, (_, value: unknown) =>
    value instanceof Error ? { ...value, name: value.name, message: value.message } : value,
  )
}
