/** The n-th UUID. */
export function toUuid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

/** The state of a running job that every bench sends. */
export function toState(job_id: string, revision: number) {
  return {
    job_id,
    status: 'running' as const,
    progress: revision % 100,
    message: `row ${revision * 1_000} of 10,000,000`,
    output: null,
    error: null,
    revision,
    attempt: 1,
  }
}
