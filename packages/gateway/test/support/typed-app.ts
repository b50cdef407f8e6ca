import { createGateway, job, mutation, query, workflow } from '../../src/index.ts'

/** Never called: `go-to-definition.test.ts` reads where its names are defined. */
export async function createTypedGateway() {
  return await createGateway({
    database: 'postgresql://nobody@localhost/none',
    jobs: { export_users: job({ run: (_, args: { format: string }) => args.format }) },
    workflows: { sign_up: workflow({ run: () => ({ id: 7 }) }) },
    queries: { list_users: query({ run: () => [{ name: 'Ann' }] }) },
    mutations: { rename_user: mutation({ run: () => null }) },
  })
}
