import { useEffect, useState } from 'react'

interface View {
  status?: string
  progress?: number
  output?: { file: string }
  error?: string
}

/** One film: its progress, and its file once there is one. */
export function Film({ id }: { id: string }) {
  const [film, setFilm] = useState<View>({})
  useEffect(() => {
    const source = new EventSource(`/films/${id}/events`)
    source.onmessage = ({ data }) => setFilm(JSON.parse(data))
    return () => source.close()
  }, [id])
  const cancel = () => fetch(`/films/${id}/cancel`, { method: 'POST' })
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
