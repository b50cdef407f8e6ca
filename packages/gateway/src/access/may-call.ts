import { roleRequired, tokenRequired } from '../refusals/access.ts'
import type { ResolvedCallRules } from './call-rules.ts'
import type { Principal } from './principal.ts'

/**
 * Throws an {@link HttpError} when the caller may not call the function.
 *
 * @param hasAuth false: callers are unknown, and all may call
 */
export function checkMayCall(
  name: string,
  { public: isPublic, roles }: Pick<ResolvedCallRules, 'public' | 'roles'>,
  principal: Principal | null,
  hasAuth: boolean,
): void {
  if (!hasAuth || (isPublic && roles.length === 0)) return
  if (!principal) throw tokenRequired(`Calling ${name}`)
  const isAmong = (role: string): boolean => principal.roles.includes(role)
  if (roles.length === 0 || roles.some(isAmong) || isAmong('admin')) return
  throw roleRequired(`Calling ${name}`, roles)
}
