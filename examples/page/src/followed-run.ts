import { createStore, type Store } from '@headway/core'

/** A handle of a run. */
interface Handle<TView> extends Store<TView> {
  unsubscribe(): void
}

/** The view of the run that an id names at the moment. Another id switches to another run. */
export function followRun<TView>(
  id: Store<string | undefined>,
  attach: (id: string | undefined) => Handle<TView>,
): Store<TView> {
  let handle = attach(id.getSnapshot())
  const view = createStore(handle.getSnapshot())
  const copy = (): void => view.set(handle.getSnapshot())
  let stop = handle.subscribe(copy)
  copy()
  id.subscribe(() => {
    stop()
    handle.unsubscribe()
    handle = attach(id.getSnapshot())
    stop = handle.subscribe(copy)
    copy()
  })
  return view
}
