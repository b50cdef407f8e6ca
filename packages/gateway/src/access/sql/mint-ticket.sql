-- Stores a ticket, unless its address has as many as it may have. One more voids the user's oldest.
-- Rows that another statement removes are left to it: each would wait for the other.
-- $1 digest, $2 principal, $3 user, $4 address, $5 life in seconds, $6 most per user,
-- $7 most per address
with expired as (
  delete from headway.ticket
   where digest in (select digest from headway.ticket
                     where expires_at < now()
                       for update skip locked)
), voided as (
  delete from headway.ticket
   where digest in (select digest from headway.ticket
                     where user_id = $3 order by expires_at desc offset $6::integer - 1
                       for update skip locked)
)
insert into headway.ticket (digest, principal, user_id, ip, expires_at)
select $1, $2, $3, $4, now() + make_interval(secs => $5)
 where (select count(*) from headway.ticket where ip = $4 and expires_at >= now()) < $7::integer
returning 1
