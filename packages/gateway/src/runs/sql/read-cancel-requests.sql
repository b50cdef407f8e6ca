-- The runs among these that have a request to cancel. $1 ids
select id, reason
  from headway.run
 where id = any($1::uuid[]) and cancel_requested_at is not null and finished_at is null
