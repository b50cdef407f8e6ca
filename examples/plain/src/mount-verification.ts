import type { Client } from '@headway/core'
import { type PageState, workflows } from '@headway/example-shared'
import { createVerificationPanel } from './verification-panel.ts'

/** Shows the verification panel in plain TypeScript. Returns a function that removes it. */
export function mountVerification(
  element: HTMLElement,
  client: Client,
  page: PageState,
): () => void {
  const panel = createVerificationPanel(element)
  let workflow = client.attach(workflows.account_verification, undefined)
  let watching = workflow.state$.subscribe(panel.show)

  const follow = (next: typeof workflow): void => {
    watching.unsubscribe()
    workflow.unsubscribe()
    workflow = next
    watching = workflow.state$.subscribe((view) => {
      panel.show(view)
      page.reportWorkflow(view)
    })
  }
  const attach = (): void => {
    const id = page.workflowId.getSnapshot()
    if (id !== workflow.getSnapshot().workflowId)
      follow(client.attach(workflows.account_verification, id))
  }
  panel.on('start', () => {
    const args = { email: 'ada@example.com', fail: page.fails.getSnapshot() }
    follow(client.start(workflows.account_verification, args))
  })
  panel.on('confirm', () => {
    const { workflowId } = workflow.getSnapshot()
    const click = { clickedAt: new Date().toISOString() }
    const sent = client.sendEvent(
      workflows.account_verification,
      workflowId,
      'email_confirmed',
      click,
    )
    page.attempt('The click was not passed on', sent)
  })
  panel.on('cancel', () => page.attempt('The verification was not cancelled', workflow.cancel()))
  panel.on('retry', () => page.attempt('The verification was not tried again', workflow.retry()))
  const stopFollowingPage = page.workflowId.subscribe(attach)
  attach()

  return () => {
    stopFollowingPage()
    watching.unsubscribe()
    workflow.unsubscribe()
    element.replaceChildren()
  }
}
