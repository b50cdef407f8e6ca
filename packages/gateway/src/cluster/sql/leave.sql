-- Leaves a request for another gateway and notifies it, if it lives.
-- $1 its number, $2 session, $3 request, $4 a lease that is over counts, too
with left_now as (
  insert into headway.left_request (gateway, session_id, request)
  select $1::bigint, $2::uuid, $3::text
    from headway.gateway
   where number = $1 and (lease_until > now() or $4::boolean)
  returning 1
)
select pg_notify('headway_gateway_' || $1, '') from left_now
