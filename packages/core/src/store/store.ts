import { Observable } from 'rxjs'

/** A value that changes, in the form that every framework can subscribe to. */
export interface Store<T> {
  /** The current value. The same object until it changes. */
  getSnapshot(): T
  /** The value before the first request, for server-side rendering and hydration. */
  getServerSnapshot?(): T
  /**
   * Calls `listener` after each change. Subscribing can change the value without a call, because a
   * run or query is followed from then on: read the value after it. Returns a function that stops
   * the calls; you can call it twice.
   */
  subscribe(listener: () => void): () => void
}

/** A {@link Store} that its owner can set. */
export interface ValueStore<T> extends Store<T> {
  /** Sets the value and calls the listeners, unless the value is identical (`Object.is`). */
  set(value: T): void
}

/** Creates a store with one value. */
export function createStore<T>(initial: T): ValueStore<T> {
  let listeners: readonly { notify: () => void }[] = []
  let current = initial
  return {
    getSnapshot: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      const subscribed = listeners
      for (const listener of subscribed) {
        // An earlier listener may have unsubscribed this one.
        if (subscribed === listeners || listeners.includes(listener)) callListener(listener.notify)
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

/**
 * Calls a listener. An error in it is reported as uncaught, so the other listeners are still
 * called.
 */
export function callListener(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Emits the current value of a store, then each change. Never completes, never errors. */
export function toObservable<T>(store: Store<T>): Observable<T> {
  return new Observable((subscriber) => {
    let last: T
    const emit = (): void => {
      const value = store.getSnapshot()
      // If an earlier listener changed the value, this listener is called twice for one value.
      if (Object.is(value, last)) return
      last = value
      subscriber.next(value)
    }
    const stop = store.subscribe(emit)
    last = store.getSnapshot()
    subscriber.next(last)
    return stop
  })
}
