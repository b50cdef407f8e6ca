/** The title and the tags of a run, for lists. */
export interface LabelOptions {
  /** For people, 1 to 200 characters. */
  title?: string
  /** Up to 10 texts of 1 to 64 characters, by which lists find the run. */
  tags?: readonly string[]
}
