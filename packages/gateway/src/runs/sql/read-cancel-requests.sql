-- Which of these runs are to be cancelled. $1 ids
select id, reason
  from headway.run
 where id = any($1::uuid[]) and cancel_requested_at is not null and finished_at is null
