import type { KnownType } from './known-type.ts'

/** Crates whose types are Forge's. */
const crates = new Set(['forge', 'forgex', 'forge_core'])

/** Types of `forge::prelude` with a form of their own on the wire. */
const inPrelude: Record<string, KnownType> = {
  TokenPair: { kind: 'built-in', name: 'TokenPair', params: 0 },
  Delta: { kind: 'built-in', name: 'Delta', params: 1 },
  WebhookResult: { kind: 'built-in', name: 'WebhookResult', params: 0 },
}

/** Types that need a path to Forge: other crates use the same names. */
const byPath: Record<string, KnownType> = {
  Claims: { kind: 'built-in', name: 'Claims', params: 0 },
  WorkflowEvent: { kind: 'built-in', name: 'WorkflowEvent', params: 0 },
}

/** Types of `forge::prelude` that serde neither reads nor writes. */
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

/** The same for types that need a path to Forge. */
const unwrittenByPath = new Set(
  'JobStatus JobInfo WorkflowStatus WorkflowInfo RequestMetadata NodeStatus NodeInfo NodeId'.split(
    ' ',
  ),
)

/** The type of Forge at a path; `null` when Forge has none there. */
export function findForgeType(path: readonly string[]): KnownType | null {
  const name = path.at(-1) ?? ''
  if (!isForges(path)) return null
  return own(inPrelude, name) ?? (path.length > 1 ? own(byPath, name) : undefined) ?? null
}

/** True for a type of Forge that is never sent. */
export function isUnwritten(path: readonly string[]): boolean {
  const name = path.at(-1) ?? ''
  return isForges(path) && (unwritten.has(name) || (path.length > 1 && unwrittenByPath.has(name)))
}

/** A name without a path must have come by a glob: probably Forge's prelude. */
function isForges([first = '', ...rest]: readonly string[]): boolean {
  return rest.length === 0 || crates.has(first)
}

function own(types: Record<string, KnownType>, name: string): KnownType | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined
}
