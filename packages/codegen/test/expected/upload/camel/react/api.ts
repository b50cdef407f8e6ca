// Made by headway generate. Changes are lost the next time it runs.
import { defineMutation, type MutationDefinition, withCodec } from '@headway/core'
import { type UsedMutation, useMutation } from '@headway/react'
import { uploadFileCodec } from './convert'
import type { AvatarInput } from './types'

export const uploadAvatar: MutationDefinition<AvatarInput, string> =
  /* @__PURE__ */ defineMutation('upload_avatar')

export const useUploadAvatar = (): UsedMutation<AvatarInput, string> => useMutation(uploadAvatar)

export const uploadFile: MutationDefinition<{ file: File | Blob }, string> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('upload_file'), uploadFileCodec)

export const useUploadFile = (): UsedMutation<{ file: File | Blob }, string> =>
  useMutation(uploadFile)
