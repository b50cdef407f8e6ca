-- Leaves a request for another gateway and notifies it, if it lives and there is room: each row
-- counts as 1 KiB more than its text. $1 its number, $2 session, $3 request,
-- $4 a lease that is over counts, too, $5 most bytes for a session, $6 most bytes for a gateway
with owner as (
  select from headway.gateway where number = $1 and (lease_until > now() or $4::boolean)
), room as (
  select coalesce(sum(octet_length(request) + 1024) filter (where session_id = $2), 0) < $5::bigint
     and coalesce(sum(octet_length(request) + 1024), 0) < $6::bigint as is_there
    from headway.left_request
   where gateway = $1
), left_now as (
  insert into headway.left_request (gateway, session_id, request)
  select $1::bigint, $2::uuid, $3::text from owner, room where is_there
  returning 1
)
select exists (select from owner) as "lives",
       (select count(pg_notify('headway_gateway_' || $1, '')) from left_now) > 0 as "isLeft"
