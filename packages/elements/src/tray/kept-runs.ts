import {
  type Client,
  defineJob,
  defineWorkflow,
  type JobHandle,
  type RunRow,
  type WorkflowHandle,
} from '@headway/core'
import { keyOf } from './tray-rows.ts'

/** Runs that a tray follows by themselves, since no list has them. */
export interface KeptRuns {
  /**
   * Follows these runs and no others. Returns them as they are now, without those that are gone.
   */
  keep(rows: readonly RunRow[]): RunRow[]
  stop(): void
}

interface Kept {
  read(row: RunRow): RunRow
  stop(): void
}

/** Calls `onChange` after each change of a kept run. */
export function createKeptRuns(client: Client, onChange: () => void): KeptRuns {
  let kept = new Map<string, Kept>()
  const keep: KeptRuns['keep'] = (rows) => {
    const before = kept
    kept = new Map(
      rows.map((row) => {
        const key = keyOf(row)
        return [key, before.get(key) ?? follow(client, row, onChange)]
      }),
    )
    for (const [key, { stop }] of before) if (!kept.has(key)) stop()
    return rows
      .map((row) => kept.get(keyOf(row))?.read(row) ?? row)
      .filter(({ view }) => view.phase !== 'missing' && view.phase !== 'idle')
  }
  return { keep, stop: () => void keep([]) }
}

function follow(client: Client, { kind, id, name }: RunRow, onChange: () => void): Kept {
  const handle: JobHandle<unknown> | WorkflowHandle<unknown> =
    kind === 'job'
      ? client.attach(defineJob<never, unknown>(name), id)
      : client.attach(defineWorkflow<never, unknown>(name), id)
  const { cancel, retry } = handle
  return {
    read(row) {
      const view = handle.getSnapshot()
      // Until its first answer it is as it was, and so is an output that a codec has read.
      if (view.loading || view.status === row.view.status) return row
      return { ...row, view, cancel, retry } as RunRow
    },
    stop: handle.subscribe(onChange),
  }
}
