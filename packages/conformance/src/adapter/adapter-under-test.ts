import type { Client, HeadwayError, RunsFilter } from '@headway/core'

/** The options of the hook that a component uses, the same in every framework. */
export interface Ask {
  show: 'job' | 'workflow' | 'many' | 'query' | 'runs' | 'mutation' | 'connection'
  /** The name of the job, of the job of a group, of the workflow, query or mutation. */
  name?: string
  /** The id of the job or workflow to attach to. */
  id?: string
  args?: unknown
  persist?: string
  /** The title and the tags of the runs that the component starts. */
  title?: string
  tags?: readonly string[]
  /** Only for a group. */
  onFailure?: 'continue' | 'stop'
  label?: (args: never, index: number) => { title: string }
  /** Only for a list of runs. */
  filter?: RunsFilter
  /** Only for a query, and for a list of runs. */
  enabled?: boolean
  select?: (view: never) => unknown
  onDone?: (output: unknown) => void
  onFail?: (error: HeadwayError) => void
}

/** The actions of a component. Each kind of view has some of them. */
export interface Actions {
  start?(args: unknown): unknown
  cancel?(reason?: string): Promise<void>
  retry?(): Promise<void>
  retryStart?(): Promise<void>
  refetch?(): void
  loadMore?(): void
  mutate?(args: unknown): Promise<unknown>
}

/** The props of a component. It writes its view into its element, by `toText`. */
export interface Probe {
  ask: Ask
  /** Receives the actions on each render. */
  onRender(actions: Actions): void
}

/** A mounted component. */
export interface Mounted {
  /** Changes the options, as a parent does with other props. */
  ask(next: Ask): void
  unmount(): void
}

/** The adapter of a framework. */
export interface AdapterUnderTest {
  /** Mounts a component in `element`, below a provider of `client`. */
  mount(element: HTMLElement, client: Client, probe: Probe): Mounted
}

/** The text of a view: JSON, with the name and message of errors. */
export function toText(view: unknown): string {
  return JSON.stringify(view ?? null, (_, value: unknown) =>
    value instanceof Error ? { ...value, name: value.name, message: value.message } : value,
  )
}
