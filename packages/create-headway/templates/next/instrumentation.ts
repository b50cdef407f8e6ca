/** Next.js calls it when the server starts. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { headway } = await import('./server/headway')
  headway().catch((error: unknown) => console.error(error))
}
