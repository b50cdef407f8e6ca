-- Takes back a run that no engine ever heard of. $1 id
delete from headway.run where id = $1 and status = 'pending'
