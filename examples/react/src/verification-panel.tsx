import { describeWorkflow, type PageState, workflows } from '@headway/example-shared'
import { useClient, useStore, useWorkflow } from '@headway/react'
import { useEffect } from 'react'

const verification = workflows.account_verification
const email = 'ada@example.com'

/** Starts and shows an account verification, step by step. */
export function VerificationPanel({ page }: { page: PageState }) {
  const client = useClient()
  const [followed, now] = [useStore(page.workflowId), useStore(page.now)]
  // #region code
  const workflow = useWorkflow(verification, { workflowId: followed })
  const { title, detail, notice, steps, ...can } = describeWorkflow(workflow, now)
  const { workflowId, cancel, retry } = workflow

  const start = () => workflow.start({ email, fail: page.fails.getSnapshot() })
  const confirm = () => {
    const click = { clickedAt: new Date().toISOString() }
    return client.sendEvent(verification, workflowId, 'email_confirmed', click)
  }
  // #endregion
  useEffect(() => page.reportWorkflow(workflow))
  const actions = [
    { label: 'Verify', isPrimary: true, can: can.canStart, act: start },
    {
      label: 'Click the link',
      can: can.canConfirm,
      act: () => page.attempt('The click was not passed on', confirm()),
    },
    {
      label: 'Cancel',
      can: can.canCancel,
      act: () => page.attempt('The verification was not cancelled', cancel()),
    },
    {
      label: 'Try again',
      can: can.canRetry,
      act: () => page.attempt('The verification was not tried again', retry()),
    },
  ]

  return (
    <section
      className="panel"
      data-verification="react"
      data-phase={workflow.phase}
      data-sync={workflow.sync.status}
      aria-labelledby="react-verification"
    >
      <h3 id="react-verification">React</h3>
      <ol className="steps">
        {steps.map((step) => (
          <li
            key={step.name}
            data-step={step.name}
            data-status={step.status}
            aria-current={step.isCurrent ? 'step' : undefined}
          >
            <span>{step.label}</span> <span className="word">{step.word}</span>
            {step.error && <span className="error">{step.error}</span>}
          </li>
        ))}
      </ol>
      <div className="status">
        <p className="title">{title}</p>
        <p className="detail">{detail}</p>
        <p className="notice">{notice}</p>
      </div>
      <div className="actions">
        {actions.map(({ label, isPrimary, can, act }) => (
          <button
            key={label}
            type="button"
            className={isPrimary ? 'primary' : undefined}
            aria-disabled={!can}
            onClick={can ? act : undefined}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  )
}
