import type { Scenario } from './scenario.ts'
import { attachScenarios } from './scenarios/attach.ts'
import { connectionScenarios } from './scenarios/connection.ts'
import { endingScenarios } from './scenarios/endings.ts'
import { groupScenarios } from './scenarios/groups.ts'
import { jobStatusScenarios } from './scenarios/job-status.ts'
import { leavingScenarios } from './scenarios/leaving.ts'
import { listScenarios } from './scenarios/lists.ts'
import { persistScenarios } from './scenarios/persist.ts'
import { mutationScenarios, queryScenarios } from './scenarios/queries.ts'
import { selectionScenarios } from './scenarios/selection.ts'
import { startScenarios } from './scenarios/starts.ts'
import { workflowStatusScenarios } from './scenarios/workflow-status.ts'

/** All scenarios for adapters, by topic. */
export const scenarios: Record<string, readonly Scenario[]> = {
  'starting a run': startScenarios,
  'following a run by its id': attachScenarios,
  'the statuses of a job': jobStatusScenarios,
  'the statuses of a workflow and its steps': workflowStatusScenarios,
  'the end of a run': endingScenarios,
  'a lost connection': connectionScenarios,
  'a reloaded page': persistScenarios,
  'an unmounted component': leavingScenarios,
  'a selected part of a run': selectionScenarios,
  'live queries': queryScenarios,
  'groups of runs': groupScenarios,
  'lists of runs': listScenarios,
  'remote calls': mutationScenarios,
}
