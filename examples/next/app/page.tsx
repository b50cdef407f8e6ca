import { Export } from './export'

export default function Home() {
  return (
    <main>
      <h1>Export users</h1>
      <Export />
    </main>
  )
}
