import { workflowKind } from '../kinds/workflow-kind.ts'
import { callWithJson } from '../rpc/call.ts'
import { sendEvent } from '../tracking/send-event.ts'
import type { Api, EventsOf, Group } from './api.ts'
import { checkName, type WorkflowDefinition } from './definition.ts'
import { namesOf } from './names-of.ts'

/**
 * Defines a workflow by its name at the server, its types and the payloads of its events, such as
 * `{ email_confirmed: { code: string } }`.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineWorkflow<TArgs, TOutput, TEvents = unknown>(
  name: string,
): WorkflowDefinition<TArgs, TOutput, TEvents> {
  return {
    kind: 'workflow',
    name: checkName('workflow', name),
    run: workflowKind,
    call: callWithJson,
    sendEvent,
  }
}

/** The workflows of an `Api`, by name. */
export type WorkflowsOf<TApi extends Api> = WorkflowDefinitions<Group<TApi, 'workflows'>>

type WorkflowDefinitions<T> = {
  readonly [TName in keyof T]: T[TName] extends { args: infer TArgs; output: infer TOutput }
    ? WorkflowDefinition<TArgs, TOutput, EventsOf<T[TName]>>
    : never
}

/**
 * The definitions of all workflows of an `Api`. @see {@link jobsOf}
 *
 * @__NO_SIDE_EFFECTS__
 */
export function workflowsOf<TApi extends Api>(): WorkflowsOf<TApi> {
  return namesOf(defineWorkflow)
}
