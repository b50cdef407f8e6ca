-- A worker takes the run: a new attempt, however the last one ended, unless another living worker
-- has it: 'held'. A worker that has it, but has not begun, lost the answer and calls again: that
-- is the same attempt. A task of an earlier hand-over does not get the run. A requested cancel
-- stays requested. After too many lost workers the run is given up. A PostgreSQL that has just
-- started waits for its workers to reconnect. A run that only waits for its children is not run.
-- $1 id, $2 engine id, $3 holder (null: none), $4 maximum number of lost workers
with wanted as (
  select id, status, attempt, failures, losses, owner,
         holder is not null and holder is distinct from $3::bigint
           and (pg_postmaster_start_time() > now() - interval '10 seconds'
                or holder in (select headway.live_holders())) as is_held,
         holder = $3::bigint and status in ('claimed', 'cancel_requested') as is_again,
         (status in ('claimed', 'running', 'cancel_requested')
           and (holder is null or holder is distinct from $3::bigint))::integer as lost
    from headway.run
   where id = $1
     and coalesce(engine_id, $2) = $2
     and status not in ('completed', 'failed', 'dead_letter', 'cancelled')
     and children is distinct from 'awaited'
     for update
), free as (
  select id, lost, is_again, lost > 0 and losses + lost >= $4::integer and status <> 'cancel_requested' as is_given_up
    from wanted
   where not is_held
), claimed as (
  update headway.run
     set status = case
           when is_given_up then 'dead_letter'
           when status = 'cancel_requested' then status
           else 'claimed'
         end,
         attempt = case when is_given_up or is_again then attempt else attempt + 1 end,
         losses = losses + lost,
         holder = case when is_given_up then null else $3::bigint end,
         progress = case when is_given_up then progress else 0 end,
         percent = case when is_given_up then percent end,
         done = case when is_given_up then done end,
         total = case when is_given_up then total end,
         unit = case when is_given_up then unit end,
         message = case when is_given_up then message end,
         error = case when is_given_up then 'It was given up: ' || $4 || ' workers died while they ran it' else error end,
         finished_at = case when is_given_up then now() end,
         updated_at = now(),
         revision = revision + 1
    from free
   where run.id = free.id
  returning run.id, case when is_given_up then 'given_up' else status end as status, attempt, failures, owner
)
select status, attempt, failures, owner, pg_notify('headway_run', id::text) from claimed
union all
select 'held', attempt, failures, owner, null from wanted where is_held
