import { Observable } from 'rxjs'

/** A value that changes, as every framework can watch it: the value now, and a signal when it is another. */
export interface Store<T> {
  /** The value now. The same object until it changes. */
  getSnapshot(): T
  /** The value before anything was asked of a server: what a server renders, and a page while it hydrates. */
  getServerSnapshot?(): T
  /**
   * Calls `listener` after each change. Subscribing tells nobody: it may change the value, since what is subscribed to
   * is followed from then on; read the value after it. Returns how to stop; stopping twice is harmless.
   */
  subscribe(listener: () => void): () => void
}

/** A {@link Store} whose owner sets the value. */
export interface ValueStore<T> extends Store<T> {
  /** Sets the value and tells the listeners, unless it is the very same. */
  set(value: T): void
}

/** A store over one value. */
export function createStore<T>(initial: T): ValueStore<T> {
  let listeners: readonly { notify: () => void }[] = []
  let current = initial
  return {
    getSnapshot: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      const told = listeners
      for (const listener of told) {
        // Who has stopped meanwhile is told nothing more.
        if (told === listeners || listeners.includes(listener)) tell(listener.notify)
      }
    },
    subscribe(notify) {
      const listener = { notify }
      listeners = [...listeners, listener]
      return () => {
        listeners = listeners.filter((other) => other !== listener)
      }
    },
  }
}

/** Calls a listener. What it throws is its own affair: reported as uncaught, and nobody else's news is held up. */
export function tell(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** The values of a store: the current one at once, then each change. Never completes, never errors. */
export function toObservable<T>(store: Store<T>): Observable<T> {
  return new Observable((subscriber) => {
    let last: T
    const show = (): void => {
      const value = store.getSnapshot()
      // A listener that is told before this one may have changed it: then it is told once more.
      if (Object.is(value, last)) return
      last = value
      subscriber.next(value)
    }
    const stop = store.subscribe(show)
    last = store.getSnapshot()
    subscriber.next(last)
    return stop
  })
}
