import { HttpError } from '../errors.ts'
import type { ResolvedCallRules } from './call-rules.ts'
import type { Principal } from './principal.ts'

/** Throws an {@link HttpError} when somebody may not call something. `hasAuth`: it is known who asks. */
export function checkMayCall(
  name: string,
  { public: isPublic, roles }: Pick<ResolvedCallRules, 'public' | 'roles'>,
  principal: Principal | null,
  hasAuth: boolean,
): void {
  if (!hasAuth || (isPublic && roles.length === 0)) return
  if (!principal) {
    throw new HttpError(`Only who sends a token may call ${name}`, {
      status: 401,
      code: 'UNAUTHORIZED',
    })
  }
  const isAmong = (role: string): boolean => principal.roles.includes(role)
  if (roles.length === 0 || roles.some(isAmong) || isAmong('admin')) return
  throw new HttpError(`Only who has the role ${roles.join(' or ')} may call ${name}`, {
    status: 403,
    code: 'FORBIDDEN',
  })
}
