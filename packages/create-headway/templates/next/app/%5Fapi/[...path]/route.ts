import { headway } from '@/server/headway'

async function handle(request: Request) {
  const { gateway } = await headway()
  return gateway.fetch(request)
}

export { handle as DELETE, handle as GET, handle as HEAD, handle as OPTIONS, handle as POST }
