import { defineWorkflow } from '@headway/core'

/** What tells the workflow that the link in the mail was clicked. */
export interface VerificationEvents {
  email_confirmed: { clickedAt: string }
}

/** The workflow that every example starts: somebody's account is verified, and opened. */
export const accountVerification = defineWorkflow<
  { email: string; fail: boolean },
  { account: string },
  VerificationEvents
>('account_verification')

/** Its steps, to be shown before there is any. */
export const verificationSteps = [
  'create_account',
  'send_email',
  'email_confirmed',
  'check_documents',
  'open_account',
] as const
