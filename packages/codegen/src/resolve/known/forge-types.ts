import type { KnownType } from './known-type.ts'

/** Crates whose types are Forge's. */
const crates = new Set(['forge', 'forgex', 'forge_core'])

/** What `use forge::prelude::*` brings in, and has a form on the wire that is Forge's own. */
const inPrelude: Record<string, KnownType> = {
  TokenPair: { kind: 'built-in', name: 'TokenPair', params: 0 },
  Delta: { kind: 'built-in', name: 'Delta', params: 1 },
  WebhookResult: { kind: 'built-in', name: 'WebhookResult', params: 0 },
}

/** What has to be asked for by its path: others have types of these names. */
const byPath: Record<string, KnownType> = {
  Claims: { kind: 'built-in', name: 'Claims', params: 0 },
  WorkflowEvent: { kind: 'built-in', name: 'WorkflowEvent', params: 0 },
}

/** What the prelude brings in that serde neither reads nor writes. */
const unwritten = new Set(
  [
    'AuthContext DbConn ForgeError JobPriority WebhookSignature EnvAccess Forge ForgeBuilder',
    'QueryContext MutationContext JobContext WorkflowContext CronContext DaemonContext',
    'WebhookContext McpToolContext TestQueryContext TestMutationContext TestJobContext',
    'TestWorkflowContext TestCronContext TestDaemonContext TestWebhookContext TestMcpToolContext',
    'ForgeQuery ForgeMutation ForgeJob ForgeWorkflow ForgeCron ForgeDaemon ForgeWebhook ForgeMcpTool',
    'JsonSchema ForgeConfig',
  ].flatMap((names) => names.split(' ')),
)

/** The same of what has to be asked for by its path. */
const unwrittenByPath = new Set(
  'JobStatus JobInfo WorkflowStatus WorkflowInfo RequestMetadata NodeStatus NodeInfo NodeId'.split(
    ' ',
  ),
)

/** A type of Forge's own, by the path that leads to it; `null` when it is none. */
export function findForgeType(path: readonly string[]): KnownType | null {
  const name = path.at(-1) ?? ''
  if (!isForges(path)) return null
  return own(inPrelude, name) ?? (path.length > 1 ? own(byPath, name) : undefined) ?? null
}

/** Whether a type is one of Forge's that is never sent, whatever is done. */
export function isUnwritten(path: readonly string[]): boolean {
  const name = path.at(-1) ?? ''
  return isForges(path) && (unwritten.has(name) || (path.length > 1 && unwrittenByPath.has(name)))
}

/** What has no path came by a glob: the prelude, as far as anybody can tell. */
function isForges([first = '', ...rest]: readonly string[]): boolean {
  return rest.length === 0 || crates.has(first)
}

function own(types: Record<string, KnownType>, name: string): KnownType | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined
}
