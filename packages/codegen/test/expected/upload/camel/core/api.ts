// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition } from '@headway/core'
import { uploadFileCodec } from './convert.js'
import type { AvatarInput } from './types.js'

export const uploadAvatar: MutationDefinition<AvatarInput, string> = {
  kind: 'mutation',
  name: 'upload_avatar',
}

export const uploadFile: MutationDefinition<{ file: File | Blob }, string> = {
  kind: 'mutation',
  name: 'upload_file',
  codec: uploadFileCodec,
}
