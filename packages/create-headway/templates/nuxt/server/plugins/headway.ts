export default defineNitroPlugin((nitro) => {
  if (import.meta.prerender) return
  const starting = headway()
  starting.catch((error: unknown) => console.error(error))
  // The development server loads the server anew after each edit of it.
  nitro.hooks.hook('close', async () => {
    const { gateway, worker } = await starting
    await worker.close()
    await gateway.close()
  })
})
