/** A todo as the server writes it. */
export const todo = {
  id: 't1',
  user_id: 'u1',
  title: 'Write',
  status: 'open',
  due_at: null,
  created_at: '2026-01-01T00:00:00Z',
}
