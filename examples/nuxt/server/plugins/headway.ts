export default defineNitroPlugin(() => {
  if (import.meta.prerender) return
  headway().catch((error: unknown) => console.error(error))
})
