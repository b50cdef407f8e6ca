import type { Scenario } from './scenario.ts'
import { attachScenarios } from './scenarios/attach.ts'
import { connectionScenarios } from './scenarios/connection.ts'
import { endingScenarios } from './scenarios/endings.ts'
import { jobStatusScenarios } from './scenarios/job-status.ts'
import { leavingScenarios } from './scenarios/leaving.ts'
import { persistScenarios } from './scenarios/persist.ts'
import { mutationScenarios, queryScenarios } from './scenarios/queries.ts'
import { selectionScenarios } from './scenarios/selection.ts'
import { startScenarios } from './scenarios/starts.ts'
import { workflowStatusScenarios } from './scenarios/workflow-status.ts'

/** The scenarios of every adapter, by subject. */
export const scenarios: Record<string, readonly Scenario[]> = {
  'how a run begins': startScenarios,
  'how a run is followed that was started elsewhere': attachScenarios,
  'the statuses of a job': jobStatusScenarios,
  'the statuses of a workflow and of its steps': workflowStatusScenarios,
  'how a run ends': endingScenarios,
  'a connection that goes and comes back': connectionScenarios,
  'a page that is loaded anew': persistScenarios,
  'a screen that goes away': leavingScenarios,
  'a part of a run': selectionScenarios,
  'live queries': queryScenarios,
  'remote calls': mutationScenarios,
}
