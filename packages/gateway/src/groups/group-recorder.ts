import type pg from 'pg'
import type { Connection } from '../postgres/in-transaction.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import type { Database } from '../postgres/pools.ts'
import type { PendingTask } from '../runs/hand-over-store.ts'
import type { Labels } from '../runs/labels.ts'
import { sql } from '../sql.ts'
import { type NewChildren, toItemsText } from './new-children.ts'

/** A group to start. */
export interface NewGroup {
  id: string
  name: string
  /** The principal's id; `null` for an anonymous caller. */
  owner: string | null
  idempotencyKey: string | null
  labels: Labels
  /** More children may come. */
  isOpen: boolean
  /** The first child that has failed ends the group. */
  stops: boolean
}

/** A job that runs, and its attempt. */
export interface RunningJob {
  id: string
  attempt: number
}

/** The writer of groups and children. Each call is one transaction, and may be repeated. */
export interface GroupRecorder {
  /**
   * Records a group with children, unless it is there. Resolves with the tasks for their engine.
   */
  start(group: NewGroup, children: NewChildren): Promise<PendingTask[]>
  /**
   * Adds children to an open group, without those that are there, and closes it if asked. `null`:
   * it is no open group, and some of them are not there.
   */
  add(id: string, children: NewChildren, close: boolean): Promise<PendingTask[] | null>
  /**
   * Starts children of a job that runs, without those that are there. `null`: the job was asked to
   * stop, or its children were cancelled.
   */
  startBelow(job: RunningJob, children: NewChildren, stops: boolean): Promise<PendingTask[] | null>
}

/** The maximum time of a statement, in seconds. */
const timeoutSecs = 30

/** A recorder on a pool. */
export function createGroupRecorder(pool: pg.Pool): GroupRecorder {
  const write = <T>(work: (client: Connection) => Promise<T>): Promise<T> =>
    inTransaction(pool, { isReadOnly: false, timeoutSecs }, work)
  return {
    start: (group, children) =>
      write(async (client) => {
        const { id, name, owner, idempotencyKey, labels, isOpen, stops } = group
        const { title, tags } = labels
        const values = [id, name, owner, idempotencyKey, title, tags, isOpen, stops]
        const made = await client.query(sql('groups/sql/start-group'), values)
        // A repetition: its children came with it.
        return made.rows.length === 0 ? [] : insert(client, id, owner, children)
      }),
    add: (id, children, close) =>
      write(async (client) => {
        await client.query(sql('groups/sql/lock-group'), [id])
        const { rows } = await client.query<LockedGroup>(sql('groups/sql/read-group'), [id])
        const [group] = rows
        if (!group?.isOpen) return (await areThere(client, children)) ? [] : null
        if (close) await client.query(sql('groups/sql/close-group'), [id])
        return insert(client, id, group.owner, children)
      }),
    startBelow: ({ id, attempt }, children, stops) =>
      write(async (client) => {
        const values = [id, attempt, stops]
        const { rows } = await client.query<Owned>(sql('groups/sql/become-parent'), values)
        return rows[0] ? insert(client, id, rows[0].owner, children) : null
      }),
  }
}

interface Owned {
  owner: string | null
}

interface LockedGroup extends Owned {
  isOpen: boolean
}

/** Adds children, and counts them at once: whoever asks for their parent then sees all of them. */
async function insert(
  client: Database,
  parent: string,
  owner: string | null,
  { kind, name, engine, queue, options, steps, items }: NewChildren,
): Promise<PendingTask[]> {
  const values = [parent, kind, name, engine, queue, options, owner, steps, toItemsText(items)]
  const { rows } = await client.query<{ id: string }>(sql('groups/sql/add-children'), values)
  await client.query(sql('groups/sql/count-children'), [parent])
  const added = new Set(rows.map(({ id }) => id))
  return items.flatMap(({ id, task }) => (task && added.has(id) ? [task] : []))
}

async function areThere(client: Database, { items }: NewChildren): Promise<boolean> {
  const ids = items.map(({ id }) => id)
  const { rows } = await client.query<{ count: number }>(sql('groups/sql/count-there'), [ids])
  return rows[0]?.count === ids.length
}
