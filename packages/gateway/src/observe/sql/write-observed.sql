-- Writes what a queue has of its jobs, and moves its cursor; nothing once the lease is over. A job
-- that was read is the truth. An end that only an event tells counts unless the row has that event.
-- A run that ended goes on only in another life: BullMQ retried the job, or it was added again. One
-- that was added again may be another user's.
-- Another cursor than the observer's tells that the database went back, as after a failover:
-- nothing is written, and the observer goes on from there.
-- $1 queue, $2 holder, $3 term, $4 its cursor, $5 the new one (null: unchanged), then one array
-- for each column
with lease as (
  select from headway.observed_queue
   where queue = $1 and holder = $2::uuid and term = $3::bigint and lease_until > now()
     and cursor is not distinct from $4
     for update
), new as (
  select * from unnest(
    $6::uuid[], $7::text[], $8::boolean[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
    $14::real[], $15::text[], $16::text[], $17::text[], $18::integer[], $19::float8[], $20::float8[], $21::float8[],
    $22::float8[], $23::float8[], $24::text[], $25::text[], $26::json[], $27::text[]
  ) as new (id, job_id, is_read, place, name, owner, readers, status,
            percent, message, output, error, taken, created_ms, started_ms, finished_ms, done, total, unit, title, tags,
            added)
   where exists (select from lease)
), known as (
  select run.* from headway.run where id in (select id from new) for update
), compared as (
  select new.*, known.attempt, known.claims, known.observed, coalesce(known.percent, known.progress) as old_percent,
         known.message as old_message, known.finished_at, known.cancel_requested_at, known.reason,
         coalesce(case when new.is_read then known.observed is not null
                                         and known.created_at <> to_timestamp(new.created_ms / 1000)
                       else new.added collate "C" > known.observed end, false) as is_other,
         known.finished_at is not null
           and (new.finished_ms is null or not new.is_read
                or known.finished_at <> to_timestamp(new.finished_ms / 1000)) as is_again
    from new join known using (id)
   where (new.is_read or known.observed is null or new.place collate "C" > known.observed)
     and not (new.status in ('removed', 'not_found') and known.finished_at is not null)
), next as (
  select *,
         is_other or is_again as is_fresh,
         case when taken is null then (status <> 'removed' and (claims = 0 or is_other or is_again))::integer
              when is_other or taken < claims then taken
              else taken - claims
         end as more,
         case when status = 'removed' then 'cancelled'
              when cancel_requested_at is not null and not is_other and not is_again and finished_ms is null
                then 'cancel_requested'
              else status
         end as word
    from compared
), changed as (
  update headway.run
     set status = next.word,
         progress = floor(coalesce(next.percent, case when is_fresh then 0 else next.old_percent end, 0))::integer,
         percent = coalesce(next.percent, case when is_fresh then 0 else next.old_percent end, 0),
         done = case when next.is_read or is_fresh then next.done else run.done end,
         total = case when next.is_read or is_fresh then next.total else run.total end,
         unit = case when next.is_read or is_fresh then next.unit else run.unit end,
         -- The message of a request to cancel ends with it.
         message = case when next.status = 'removed' and next.cancel_requested_at is not null then null
                        when next.is_read and next.word <> 'cancel_requested' or next.message is not null
                        then next.message
                        when is_fresh then null
                        else next.old_message end,
         output = next.output::json,
         error = case when next.status in ('removed', 'cancelled') and not is_fresh
                      then coalesce(next.reason, next.error) else next.error end,
         attempt = run.attempt + next.more,
         claims = coalesce(next.taken, run.claims),
         owner = case when is_other and next.name is not null then next.owner else run.owner end,
         readers = case when is_other and next.name is not null then next.readers else run.readers end,
         title = case when is_other and next.name is not null then next.title else run.title end,
         tags = case when is_other and next.name is not null then headway.to_tags(next.tags) else run.tags end,
         cancel_requested_at = case when is_fresh then null else run.cancel_requested_at end,
         reason = case when is_fresh then null else run.reason end,
         created_at = coalesce(to_timestamp(next.created_ms / 1000), run.created_at),
         started_at = coalesce(to_timestamp(next.started_ms / 1000), case when not is_fresh then run.started_at end),
         finished_at = to_timestamp(next.finished_ms / 1000),
         handed_over_at = coalesce(run.handed_over_at, now()),
         observed = next.place,
         updated_at = now(),
         revision = run.revision + 1
    from next
   where run.id = next.id
     and (run.observed is null or is_fresh or next.more <> 0
          or (run.status, run.error, run.finished_at)
             is distinct from (next.word, next.error, to_timestamp(next.finished_ms / 1000))
             and not (run.finished_at is not null and next.finished_ms is not null)
          or next.percent is not null and coalesce(run.percent, run.progress) is distinct from next.percent
          or next.is_read and (run.done, run.total, run.unit) is distinct from (next.done, next.total, next.unit)
          or next.is_read and next.word <> 'cancel_requested' and run.message is distinct from next.message)
  returning run.id
), made as (
  insert into headway.run as run
    (id, kind, name, engine, queue, engine_id, owner, readers, status, progress, percent, done, total, unit,
     message, output, error, attempt, claims, created_at, started_at, finished_at, handed_over_at, observed,
     title, tags)
  select id, 'job', name, 'observed', $1, job_id, owner, readers,
         case when status = 'removed' then 'cancelled' else status end,
         floor(coalesce(percent, 0))::integer, coalesce(percent, 0), done, total, unit, message, output::json, error,
         coalesce(taken, (status <> 'removed')::integer), coalesce(taken, 0),
         coalesce(to_timestamp(created_ms / 1000), now()), to_timestamp(started_ms / 1000),
         to_timestamp(finished_ms / 1000), now(), place, title, headway.to_tags(tags)
    from new
   where name is not null and id not in (select id from known)
  on conflict (id) do nothing
  returning id
), moved as (
  update headway.observed_queue set cursor = $5, read_at = now()
   where queue = $1 and $5::text is not null and exists (select from lease)
), told as (
  select count(pg_notify('headway_run', id::text)) from (select id from changed union all select id from made) as seen
)
select exists (select from lease) as "isHeld",
       (select count(*) from told) as told,
       array(select job_id from next where word = 'cancel_requested') as "toCancel"
