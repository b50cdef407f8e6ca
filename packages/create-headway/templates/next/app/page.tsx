import { ExportUsers } from './export-users'

export default function Home() {
  return (
    <main>
      <h1>Export users</h1>
      <ExportUsers />
    </main>
  )
}
