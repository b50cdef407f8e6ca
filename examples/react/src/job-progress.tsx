import type { JobText } from '@headway/example-shared'

/** A bar, and the job in words. */
export function JobProgress({ label, text }: { label: string; text: JobText }) {
  const { title, detail, summary, notice, percent, number } = text
  return (
    <>
      <div
        className={percent === null ? 'bar indeterminate' : 'bar'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={summary}
      >
        <div style={{ width: percent === null ? undefined : `${percent}%` }} />
      </div>
      <div className="status">
        <p className="title">
          <span>{title}</span>
          <span>{number}</span>
        </p>
        <p className="detail">{detail}</p>
        <p className="notice">{notice}</p>
      </div>
    </>
  )
}
