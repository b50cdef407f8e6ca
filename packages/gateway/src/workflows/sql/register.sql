-- $1 executor, $2 maximum time between signs of life in milliseconds, $3 holder
insert into headway.executor (id, lease_ms, holder) values ($1, $2, $3)
on conflict (id) do update set seen_at = now(), lease_ms = excluded.lease_ms, holder = excluded.holder
