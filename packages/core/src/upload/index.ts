export {
  createUpload,
  idleUpload,
  type SendOptions,
  type Upload,
  type UploadView,
} from './create-upload.ts'
