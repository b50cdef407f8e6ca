// Made by headway generate. Changes are lost the next time it runs.
/** Somebody who can sign in. */
export interface User {
  id: string
  email: string
  /** What others see; the address when there is none. */
  displayName: string | null
  role: UserRole
  createdAt: string
}

/** What somebody may do. */
export type UserRole = 'admin' | 'member' | 'guest'

export interface UserSummary {
  id: string
  email: string
  role: UserRole
}
