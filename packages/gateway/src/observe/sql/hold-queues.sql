-- Renews the leases of an observer, and takes those that are over.
-- $1 queues, $2 its id, $3 lease in milliseconds
with made as (
  insert into headway.observed_queue (queue) select unnest($1::text[]) on conflict do nothing
)
update headway.observed_queue
   set lease_until = now() + $3 * interval '1 millisecond',
       term = term + (holder is distinct from $2::uuid or lease_until < now())::integer,
       holder = $2::uuid
 where queue = any($1::text[])
   and (holder is null or holder = $2::uuid or lease_until < now())
returning queue, term::text as term, cursor, (extract(epoch from read_at) * 1000)::float8 as "readAt"
