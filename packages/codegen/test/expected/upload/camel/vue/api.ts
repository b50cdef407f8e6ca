// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition } from '@headway/core'
import { type UsedMutation, useMutation } from '@headway/vue'
import { uploadFileCodec } from './convert'
import type { AvatarInput } from './types'

export const uploadAvatar: MutationDefinition<AvatarInput, string> = {
  kind: 'mutation',
  name: 'upload_avatar',
}

export const useUploadAvatar = (): UsedMutation<AvatarInput, string> => useMutation(uploadAvatar)

export const uploadFile: MutationDefinition<{ file: File | Blob }, string> = {
  kind: 'mutation',
  name: 'upload_file',
  codec: uploadFileCodec,
}

export const useUploadFile = (): UsedMutation<{ file: File | Blob }, string> =>
  useMutation(uploadFile)
