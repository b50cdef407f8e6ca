-- Which of these runs are to be cancelled. $1 ids
select id, reason from headway.run where id = any($1::uuid[]) and status = 'cancel_requested'
