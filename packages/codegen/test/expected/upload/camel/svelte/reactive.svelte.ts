// Made by headway generate. Changes are lost the next time it runs.
import { type ReactiveMutation, toReactiveMutation } from '@headway/svelte/forge'
import { uploadAvatar, uploadFile } from './api'
import type { AvatarInput } from './types'

export const uploadAvatar$ = (): ReactiveMutation<AvatarInput, string> =>
  toReactiveMutation(uploadAvatar)

export const uploadFile$ = (): ReactiveMutation<{ file: File | Blob }, string> =>
  toReactiveMutation(uploadFile)
