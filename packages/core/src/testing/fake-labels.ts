import type { FakeLabels } from './fake-gateway-api.ts'

/** The title and the tags in a body; the name of the first wrong one. @see PROTOCOL.md, "Lists" */
export function readLabels({
  title,
  tags,
}: Record<string, unknown>): Pick<FakeLabels, 'title' | 'tags'> | 'title' | 'tags' {
  if (!isTitle(title)) return 'title'
  if (!areTags(tags)) return 'tags'
  return { ...(title && { title }), ...(tags && { tags }) }
}

function isTitle(title: unknown): title is string | undefined {
  return title === undefined || isWord(title, 200)
}

function areTags(tags: unknown): tags is string[] | undefined {
  const isList = Array.isArray(tags) && tags.length <= 10
  return tags === undefined || (isList && tags.every((tag) => isWord(tag, 64)))
}

function isWord(text: unknown, longest: number): boolean {
  return typeof text === 'string' && text.length >= 1 && text.length <= longest
}
