-- $1 ids
select id, name, owner, status, progress, message, output, error, attempt, revision::float8 as revision
  from headway.run
 where id = any($1::uuid[])
