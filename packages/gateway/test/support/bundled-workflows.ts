import { createGateway, createWorker, workflow } from '@headway/gateway'
import { dbos } from '@headway/gateway/dbos'

/** The same with a workflow, on DBOS. */
async function serve(): Promise<void> {
  const app = {
    database: process.env.DATABASE_URL ?? '',
    workflowEngine: dbos(),
    workflows: {
      verify: workflow({
        steps: ['create'],
        run: (ctx, { email }: { email: string }) => ctx.step('create', () => ({ email })),
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
