-- $1 executor
insert into headway.executor (id) values ($1) on conflict (id) do update set seen_at = now()
