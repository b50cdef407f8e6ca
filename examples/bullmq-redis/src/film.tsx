import { defineJob } from '@headway/core'
import { runIdOf } from '@headway/core/queues'
import { useJob } from '@headway/react'

const transcode = defineJob<{ frames: number }, { file: string }>('transcode')

/** One film: its progress, and its file once there is one. */
export function Film({ id }: { id: string }) {
  const film = useJob(transcode, { jobId: runIdOf({ queue: 'transcode', id }) })
  const cancel = () => film.cancel().catch(console.error)
  return (
    <li data-status={film.status}>
      Film {id} <progress value={film.progress ?? 0} max={100} /> {film.status} {film.error}
      {film.output?.file}
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </li>
  )
}
