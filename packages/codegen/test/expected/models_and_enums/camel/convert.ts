// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { User, UserRole } from './types'

export const listUsersCodec: Codec<null, User[]> = {
  fromWire: (output: UserWire[]) => output.map(userFromWire),
}

interface UserWire {
  id: string
  email: string
  display_name: string | null
  role: UserRole
  created_at: string
}

function userFromWire(wire: UserWire): User {
  return {
    id: wire.id,
    email: wire.email,
    displayName: wire.display_name,
    role: wire.role,
    createdAt: wire.created_at,
  }
}
