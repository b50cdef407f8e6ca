import type { Client } from '@headway/core'
import { type PageState, workflows } from '@headway/example-shared'
import { showAge } from './show-age.ts'
import { createVerificationPanel } from './verification-panel.ts'

/** Shows the verification panel in plain TypeScript. Returns a function that removes it. */
export function mountVerification(
  element: HTMLElement,
  client: Client,
  page: PageState,
): () => void {
  const panel = createVerificationPanel(element)
  const verification = workflows.account_verification
  const email = 'ada@example.com'
  // #region code
  let workflow = client.attach(verification, undefined)
  const show = () => panel.show(workflow.getSnapshot(), page.now.getSnapshot())
  let watching = workflow.state$.subscribe(show)

  const start = () => {
    const fail = page.fails.getSnapshot()
    return client.start(verification, { email, fail })
  }
  const confirm = () => {
    const { workflowId } = workflow.getSnapshot()
    const click = { clickedAt: new Date().toISOString() }
    return client.sendEvent(verification, workflowId, 'email_confirmed', click)
  }
  // #endregion

  const follow = (next: typeof workflow): void => {
    watching.unsubscribe()
    workflow.unsubscribe()
    workflow = next
    watching = workflow.state$.subscribe((view) => {
      show()
      page.reportWorkflow(view)
    })
  }
  const attach = (): void => {
    const id = page.workflowId.getSnapshot()
    if (id !== workflow.getSnapshot().workflowId) follow(client.attach(verification, id))
  }
  panel.on('start', () => follow(start()))
  panel.on('confirm', () => page.attempt('The click was not passed on', confirm()))
  panel.on('cancel', () => page.attempt('The verification was not cancelled', workflow.cancel()))
  panel.on('retry', () => page.attempt('The verification was not tried again', workflow.retry()))
  const stops = [
    page.workflowId.subscribe(attach),
    showAge(page, () => workflow.getSnapshot(), show),
  ]
  attach()

  return () => {
    for (const stop of stops) stop()
    watching.unsubscribe()
    workflow.unsubscribe()
    element.replaceChildren()
  }
}
