import { createClient } from '@headway/core'
import { HeadwayProvider } from '@headway/react'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Film } from './film.tsx'

const client = createClient()

/** The films, the newest first. */
function Films() {
  const [ids, setIds] = useState<string[]>([])
  useEffect(() => {
    fetch('/films')
      .then((response) => response.json())
      .then(setIds)
      .catch(console.error)
  }, [])
  const add = async () => {
    const response = await fetch('/films', { method: 'POST' })
    const { id } = await response.json()
    setIds((known) => [id, ...known])
  }
  return (
    <>
      <button type="button" onClick={add}>
        Transcode
      </button>
      <ul>
        {ids.map((id) => (
          <Film key={id} id={id} />
        ))}
      </ul>
    </>
  )
}

const root = document.getElementById('films')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <HeadwayProvider client={client}>
        <Films />
      </HeadwayProvider>
    </StrictMode>,
  )
}
