/** A stream behind a buffering proxy: its headers come, its body does not. */
export function buffered(): Response {
  return new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
}
