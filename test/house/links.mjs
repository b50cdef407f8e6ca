import { posix } from 'node:path'

/**
 * The links of a Markdown file that lead nowhere. `read(path)` returns the text of a file of the
 * repository, `''` for a folder, and `undefined` if there is neither. `repository` is its address:
 * links to it are followed, those to other sites are not.
 */
export function brokenLinks(path, text, { read, repository }) {
  const links = prose(text).matchAll(
    /\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)|(?:href|src)="([^"]+)"/gm,
  )
  const broken = []
  for (const [, inline, definition, attribute] of links) {
    const link = inline ?? definition ?? attribute
    const target = targetOf(link, path, repository)
    if (!target) continue
    const found = read(target.path)
    if (found === undefined) broken.push(`${link} leads to no file`)
    else if (
      target.heading &&
      target.path.endsWith('.md') &&
      !anchorsIn(found).has(target.heading)
    ) {
      broken.push(`${link} leads to no heading`)
    }
  }
  return broken
}

/** The path in the repository and the heading, without `#`; `undefined` for another site. */
function targetOf(link, from, repository) {
  const [address, heading] = link.split('#')
  if (address === '') return { path: from, heading }
  if (!/^[a-z]+:/.test(address)) {
    return { path: posix.join(posix.dirname(from), decodeURI(address)), heading }
  }
  // The page of the repository, and of a folder in it, shows the README.
  if (address === repository) return { path: 'README.md', heading }
  const [, kind, path] = address.match(/^(.*)\/main\/(.+)$/) ?? []
  if (kind === `${repository}/blob`) return { path, heading }
  if (kind === `${repository}/tree`) return { path: `${path}/README.md`, heading }
  return undefined
}

/** The anchors that GitHub gives to headings, and those that the text sets itself. */
export function anchorsIn(text) {
  const anchors = new Set()
  const counts = new Map()
  const visible = text.replaceAll(fences, '')
  for (const [, words] of visible.matchAll(/^#{1,6} +(.+?)(?: +#+)? *$/gm)) {
    const anchor = toAnchor(words)
    const count = counts.get(anchor) ?? 0
    counts.set(anchor, count + 1)
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`)
  }
  for (const [, id] of visible.matchAll(/<\w+ (?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}

function toAnchor(words) {
  return words
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

const fences = /^ *(```+|~~~+).*?^ *\1 *$/gms

/** The text without code and comments, which have no links. */
function prose(text) {
  return text
    .replaceAll(fences, '')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
}
