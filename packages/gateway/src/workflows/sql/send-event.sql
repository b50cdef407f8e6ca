-- Stores an event for a workflow that has not ended; a repeated one is stored once. No row: there
-- is no such workflow. $1 id, $2 name, $3 payload, $4 key, $5 maximum number of waiting events, $6
-- maximum number in all
with addressed as (
  select id from headway.run where id = $1 and kind = 'workflow' and finished_at is null
), kept as (
  insert into headway.event (run_id, name, payload, key)
  select id, $2, $3, $4 from addressed
   where (select count(*) from headway.event where run_id = $1 and taken_by is null) < $5
     and (select count(*) from headway.event where run_id = $1) < $6
  on conflict (run_id, key) do nothing
  returning run_id
)
select 'kept' as became, pg_notify('headway_event', run_id::text) from kept
union all
select 'kept', null from headway.event where run_id = $1 and key = $4 and not exists (select from kept)
union all
select 'full', null from addressed
 where not exists (select from kept) and not exists (select from headway.event where run_id = $1 and key = $4)
