/**
 * The steps of the account verification, in order: a panel shows them before there is a workflow.
 */
export const verificationSteps = [
  'create_account',
  'send_email',
  'email_confirmed',
  'check_documents',
  'open_account',
] as const
