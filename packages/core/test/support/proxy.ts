/** A stream whose bytes a proxy keeps back: its headers come, and nothing else. */
export function buffered(): Response {
  return new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
}
