import {
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  groupOf,
  type Store,
} from '@headway/core'
import {
  beginMany,
  createMutation,
  createRuns,
  createSlot,
  runsKey,
  selectStore,
  showRuns,
  watchQuery,
} from '@headway/core/adapter'
import { type Actions, type Ask, describeAdapter, toText } from '../src/adapter/index.ts'

// Without a framework: the client, the parts that adapters share, and an element.
describeAdapter('plain TypeScript', {
  mount(element, client, { ask: { show, name = '', ...first }, onRender }) {
    let stop = (): void => undefined
    const render = (store: Store<unknown>, actions: Actions): void => {
      const select = first.select as ((view: unknown) => unknown) | undefined
      const shown = select ? selectStore(store, select) : store
      const write = (): void => {
        element.textContent = toText(shown.getSnapshot())
        onRender(actions)
      }
      const leave = stop
      write()
      stop = shown.subscribe(write)
      leave()
      if (element.textContent !== toText(shown.getSnapshot())) write()
    }
    const unmount = (): void => stop()

    if (show === 'connection') {
      render(client.connection, {})
      return { ask: () => undefined, unmount }
    }
    if (show === 'mutation') {
      const call = createMutation(client, defineMutation<unknown, unknown>(name))
      render(call, call)
      return { ask: () => undefined, unmount }
    }
    if (show === 'query') {
      const follow = ({ args, enabled }: Omit<Ask, 'show'>): void => {
        const query = watchQuery(client, defineQuery(name), args, enabled)
        render(query, query)
      }
      follow(first)
      return { ask: follow, unmount }
    }
    if (show === 'runs') {
      let key: string | null = null
      const follow = ({ filter = {}, enabled }: Omit<Ask, 'show'>): void => {
        const next = `${runsKey(filter)} ${enabled}`
        // An equal filter means the same list.
        if (next === key) return
        key = next
        const list = showRuns(client, filter, enabled)
        render(list, list)
      }
      follow(first)
      return { ask: follow, unmount }
    }
    const definition = show === 'workflow' ? defineWorkflow(name) : defineJob(name)
    const runs =
      show === 'many'
        ? createRuns(client, groupOf(definition), first, beginMany(definition))
        : createRuns(client, definition, first)
    const slot = createSlot(runs, first.id, first.args)
    let { id } = first
    const actions = runs.actions(() => slot.get(id), slot.set)
    const follow = (): void => render(slot.get(id), actions)
    slot.subscribe(follow)
    follow()
    return {
      ask(next) {
        id = next.id
        runs.callbacks = next
        follow()
      },
      unmount,
    }
  },
})
