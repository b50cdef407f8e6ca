import { callWithFiles } from '../rpc/call.ts'
import type { Definition, DefinitionKind } from './definition.ts'

/**
 * Returns the same definition for arguments that contain files, at any depth. The client sends them
 * as a form. Mutations accept files without it.
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
