-- $1 ids
select count(*)::integer as count from headway.run where id = any($1::uuid[])
