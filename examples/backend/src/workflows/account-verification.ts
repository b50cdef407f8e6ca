import { setTimeout as wait } from 'node:timers/promises'
import { Refused, type ServerWorkflow, workflow } from '@headway/gateway'
import pg from 'pg'
import * as v from 'valibot'
import { paceMs } from '../pace.ts'

const input = v.object({ email: v.pipe(v.string(), v.email()), fail: v.boolean() })
const click = v.object({ clickedAt: v.string() })

type Args = v.InferOutput<typeof input>

/** The time to click the link, in milliseconds. */
const clickWithinMs = 24 * 3_600_000

/** The duration of a step, in milliseconds: long enough to watch. */
const stepMs = 8 * paceMs

/**
 * Verifies an account: it creates the account, sends a mail, waits for a click on the mail's link,
 * checks documents and opens the account. If the check fails, or the user cancels, it undoes its
 * steps.
 */
export function accountVerification(
  database: string,
): ServerWorkflow<
  Args,
  { account: string },
  Args,
  { account: string },
  { email_confirmed: v.InferOutput<typeof click> }
> {
  const pool = new pg.Pool({ connectionString: database, max: 2, allowExitOnIdle: true })
  // A lost connection: the next step opens another one.
  pool.on('error', () => undefined)
  return workflow({
    steps: ['create_account', 'send_email', 'email_confirmed', 'check_documents', 'open_account'],
    input,
    events: { email_confirmed: click },
    run: async (ctx, { email, fail }) => {
      const account = await ctx.step(
        'create_account',
        async ({ signal }) => {
          await pool.query(createAccounts)
          await pool.query(insertAccount, [ctx.id, email])
          await wait(stepMs, undefined, { signal })
          return ctx.id
        },
        {
          compensate: async (account) => {
            await wait(stepMs)
            await pool.query('delete from accounts where id = $1', [account])
          },
        },
      )
      await ctx.step(
        'send_email',
        async ({ key, signal }) => {
          // The key prevents a second mail when the step runs again.
          await pool.query(insertMail, [key, email, 'Please confirm your address'])
          await wait(stepMs, undefined, { signal })
        },
        {
          compensate: async (_, { key }) => {
            await wait(stepMs)
            await pool.query(insertMail, [key, email, 'Your account was not opened'])
          },
        },
      )
      await ctx.waitFor('email_confirmed', { timeout: clickWithinMs })
      await ctx.step('check_documents', async ({ signal }) => {
        await wait(stepMs, undefined, { signal })
        // A retry succeeds, as if the user had sent better documents.
        if (fail && ctx.attempt === 1) throw new Refused('The documents cannot be read')
      })
      await ctx.step('open_account', async ({ signal }) => {
        await wait(stepMs, undefined, { signal })
        await pool.query(`update accounts set status = 'open' where id = $1`, [account])
      })
      return { account }
    },
  })
}

const createAccounts = `
  create table if not exists accounts (id uuid primary key, email text not null, status text not null);
  create table if not exists mails (key text primary key, email text not null, text text not null)`
const insertAccount = `
  insert into accounts (id, email, status) values ($1, $2, 'new') on conflict (id) do nothing`
const insertMail = `
  insert into mails (key, email, text) values ($1, $2, $3) on conflict (key) do nothing`
