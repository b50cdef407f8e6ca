// Made by headway generate. Changes are lost the next time it runs.
import { defineMutation, type MutationDefinition, withCodec } from '@headway/core'
import { uploadFileCodec } from './convert.js'
import type { AvatarInput } from './types.js'

export const uploadAvatar: MutationDefinition<AvatarInput, string> =
  /* @__PURE__ */ defineMutation('upload_avatar')

export const uploadFile: MutationDefinition<{ file: File | Blob }, string> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('upload_file'), uploadFileCodec)
