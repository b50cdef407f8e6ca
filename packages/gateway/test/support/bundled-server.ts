import { createGateway, createWorker, job } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { embeddedPostgres } from '@headway/gateway/embedded'

/** A server as an application writes it, to be bundled into one file: it says where, and closes when it is told to. */
async function serve(): Promise<void> {
  const app = {
    database: process.env.DATABASE_URL ?? (await embeddedPostgres({ directory: '.data' })).url,
    engine: bullmq(),
    jobs: {
      count: job({
        run: (ctx, { rows }: { rows: number }) => {
          ctx.progress(50, 'half')
          return { rows }
        },
      }),
    },
  }
  const gateway = await createGateway(app)
  const worker = await createWorker(app)
  process.on('disconnect', async () => {
    await worker.close()
    await gateway.close()
  })
  process.send?.((await gateway.listen(0)).url)
}

void serve()
