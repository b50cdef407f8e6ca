import { createHash } from 'node:crypto'
import type { QueryState } from './query-frames.ts'

/** A result that was sent. */
export interface KeptResult {
  readonly revision: number
  /** Its text equals this one. */
  isText(text: string): boolean
  /** `null`: its text is not kept any more, and has to be read again. */
  state(): QueryState | null
}

/** The results of live queries. */
export interface KeptResults {
  keep(state: QueryState): KeptResult
  /** The result is no longer needed. */
  drop(result: KeptResult): void
}

/**
 * Keeps the texts of results, up to `maxChars` characters in all. Beyond that the oldest texts are
 * dropped, and read again when needed. A digest of each stays, to notice changes.
 */
export function createKeptResults(maxChars: number): KeptResults {
  /** Those with a text, in the order in which they were read. */
  const whole = new Set<Result>()
  let chars = 0
  const remove = (result: KeptResult): void => {
    if (result instanceof Result && whole.delete(result)) chars -= result.length
  }
  return {
    keep(state) {
      const result = new Result(state)
      whole.add(result)
      chars += result.length
      for (const oldest of whole) {
        if (chars <= maxChars) break
        remove(oldest)
        oldest.forget()
      }
      return result
    },
    // The digest is not computed: it costs more than everything else here, and is no longer needed.
    drop: remove,
  }
}

/** A class, to save memory: each watched query has one. */
class Result implements KeptResult {
  readonly revision: number
  /** The text; when that is dropped, its digest. */
  #text: string | null
  #digest: string | null = null

  constructor({ text, revision }: QueryState) {
    this.#text = text
    this.revision = revision
  }

  get length(): number {
    return this.#text?.length ?? 0
  }

  isText(text: string): boolean {
    return this.#text === null ? this.#digest === digestOf(text) : this.#text === text
  }

  state(): QueryState | null {
    return this.#text === null ? null : { text: this.#text, revision: this.revision }
  }

  forget(): void {
    this.#digest = this.#text === null ? this.#digest : digestOf(this.#text)
    this.#text = null
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
