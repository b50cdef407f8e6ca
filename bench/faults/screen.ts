/** The members of a job's state that a screen is judged by. */
export interface JobState {
  status: string
  /** Percent; `null` if unknown. */
  progress: number | null
  revision: number
}

/** What a job on one client has shown last. */
interface Shown {
  revision: number
  progress: number
  isOver: boolean
}

/** One client's jobs, as its callbacks have shown them. */
export interface Screen {
  /** Notes a state in the order in which a callback received it. */
  show(jobId: string, state: JobState): void
  /** Jobs with a state, whatever it says. */
  readonly shown: number
  /** Jobs whose end was shown. */
  readonly ends: number
  /** States that were older than one before: a lower revision or percentage, or no end any more. */
  readonly backwards: number
}

const over: readonly string[] = ['completed', 'failed', 'dead_letter', 'cancelled']

/** An empty screen. Its jobs have one attempt each, so that a percentage never falls rightly. */
export function createScreen(): Screen {
  const jobs = new Map<string, Shown>()
  let ends = 0
  let backwards = 0
  return {
    show(jobId, { status, progress, revision }) {
      const before = jobs.get(jobId)
      const isOver = over.includes(status)
      const percent = progress ?? before?.progress ?? 0
      if (before && isOlder(before, { revision, progress: percent, isOver })) backwards += 1
      if (isOver && !before?.isOver) ends += 1
      jobs.set(jobId, {
        // The highest so far: each state is held against it.
        revision: Math.max(revision, before?.revision ?? 0),
        progress: Math.max(percent, before?.progress ?? 0),
        isOver: isOver || (before?.isOver ?? false),
      })
    },
    get shown() {
      return jobs.size
    },
    get ends() {
      return ends
    },
    get backwards() {
      return backwards
    },
  }
}

function isOlder(before: Shown, now: Shown): boolean {
  if (now.revision < before.revision || now.progress < before.progress) return true
  return before.isOver && !now.isOver
}
