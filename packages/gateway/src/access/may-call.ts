import { HttpError } from '../errors.ts'
import type { Principal } from './principal.ts'

/** Who may call something. */
export interface Callable {
  readonly public: boolean
  /** Whoever has one of these; none: everybody who may at all. */
  readonly roles?: readonly string[]
}

/** Throws an {@link HttpError} when somebody may not call something. `hasAuth`: it is known who asks. */
export function checkMayCall(
  name: string,
  { public: isPublic, roles = [] }: Callable,
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
