/** The field of a job's hash that asks its worker to stop; its value is the reason. */
export const cancelField = 'headway:cancel'

/** The beginning of the reason of a job that stopped because it was asked to. */
export const cancelMark = 'Cancelled by request'
