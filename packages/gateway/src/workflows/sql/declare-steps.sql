-- The steps of a run that continues under another version: new ones are added, and removed ones
-- that were not reached are deleted.
-- $1 id, $2 steps
with declared as (
  select name, ordinal from unnest($2::text[]) with ordinality as declared (name, ordinal)
), gone as (
  delete from headway.step
   where run_id = $1 and status in ('pending', 'running') and name not in (select name from declared)
)
insert into headway.step as known (run_id, name, ordinal)
select $1, name, ordinal from declared
on conflict (run_id, name) do update set ordinal = excluded.ordinal where known.ordinal <> excluded.ordinal
