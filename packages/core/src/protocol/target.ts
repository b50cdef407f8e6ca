/** The kinds of targets. */
export type TargetKind = 'job' | 'workflow' | 'query'

const prefixes: Record<TargetKind, string> = { job: 'job:', workflow: 'wf:', query: 'sub:' }

const targetKinds: readonly TargetKind[] = ['job', 'workflow', 'query']

/** The target that was registered under `id`, such as `job:<id>`. */
export function toTarget(kind: TargetKind, id: string): string {
  return prefixes[kind] + id
}

/** The kind of the target that starts at `from` in `text`. `undefined` for an unknown prefix. */
export function targetKind(text: string, from = 0): TargetKind | undefined {
  for (const kind of targetKinds) if (text.startsWith(prefixes[kind], from)) return kind
  return undefined
}

/** The number of characters before the `id` in a target. */
export function prefixLength(kind: TargetKind): number {
  return prefixes[kind].length
}
