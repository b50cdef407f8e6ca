-- $1 executor, $2 how long after its last sign of life it is dead, in milliseconds
insert into headway.executor (id, lease_ms) values ($1, $2)
on conflict (id) do update set seen_at = now(), lease_ms = excluded.lease_ms
