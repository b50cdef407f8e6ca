import { callWithFiles } from '../rpc/call.ts'
import type { Definition, DefinitionKind } from './definition.ts'

/**
 * The same definition for a function whose arguments hold files, at any depth: they go out as a
 * form. Mutations can do that by themselves.
 *
 * @example
 * ```ts
 * const scan = withFiles(defineJob<{ file: Blob }, Report>('scan_file'))
 * client.start(scan, { file: input.files[0] })
 * ```
 * @see PROTOCOL.md, "Uploads"
 * @__NO_SIDE_EFFECTS__
 */
export function withFiles<TDefinition extends Definition<DefinitionKind, never, unknown>>(
  definition: TDefinition,
): TDefinition {
  return { ...definition, call: callWithFiles }
}
