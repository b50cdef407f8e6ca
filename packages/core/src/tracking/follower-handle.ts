import type { Observable } from 'rxjs'
import type { FollowView } from '../state/follow-view.ts'
import type { Store } from '../store/store.ts'
import type { Follower } from './follower.ts'

/** A handle as a store: its follower's members, and nothing else. */
export abstract class FollowerHandle<V extends FollowView> implements Store<V> {
  protected abstract readonly follower: Follower<V>

  get getSnapshot(): () => V {
    return this.follower.getSnapshot
  }

  get getServerSnapshot(): () => V {
    return this.follower.getServerSnapshot
  }

  get subscribe(): (listener: () => void) => () => void {
    return this.follower.subscribe
  }

  get state$(): Observable<V> {
    return this.follower.state$
  }

  get ready(): () => Promise<void> {
    return this.follower.ready
  }
}
