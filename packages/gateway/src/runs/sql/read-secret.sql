-- A secret, and the time until which starts from before it may be repeated. $1 name
select value,
       case when created_at > now() - interval '1 day' and exists (
         select from headway.run where idempotency_key is not null and run.created_at < secret.created_at
       ) then (extract(epoch from created_at + interval '1 day') * 1000)::float8 end as "olderUntil"
  from headway.secret
 where name = $1
