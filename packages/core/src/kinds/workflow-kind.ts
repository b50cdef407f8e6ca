import { parseWorkflowSnapshot } from '../protocol/snapshots.ts'
import { followWorkflow, reduceWorkflow } from '../state/workflow-state.ts'
import { createRunKind, type RunKind } from './run-kind.ts'

/** The kind of all workflows. */
export const workflowKind: RunKind = /* @__PURE__ */ createRunKind({
  name: 'workflow',
  path: '/subscribe-workflow',
  missing: 'WORKFLOW_NOT_FOUND',
  parse: parseWorkflowSnapshot,
  reduce: reduceWorkflow,
  toFold: followWorkflow,
  idOf: ({ workflowId }) => workflowId,
  toItem: (id) => ({ kind: 'workflow', id, workflow_id: id }),
})
