-- Renews the lease of a gateway, and forgets gateways that have long stopped, with what was left
-- for them.
-- $1 number, $2 lease in seconds, $3 the seconds after which a lease that is over is forgotten
with forgotten as (
  delete from headway.gateway
   where number <> $1 and lease_until < now() - make_interval(secs => $3)
), nobodys as (
  delete from headway.left_request
   where not exists (select from headway.gateway where number = left_request.gateway)
     and gateway <> $1
)
insert into headway.gateway (number, lease_until) values ($1, now() + make_interval(secs => $2))
on conflict (number) do update set lease_until = excluded.lease_until
returning xmax = 0 as "isNew",
  exists (select from headway.gateway where number <> $1 and lease_until > now()) as "hasOthers",
  date_part('epoch', clock_timestamp()) * 1000 as "databaseMs"
