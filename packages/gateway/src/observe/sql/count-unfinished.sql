-- $1 queue
select count(*)::integer as count
  from headway.run
 where engine = 'observed'
   and queue = $1
   and finished_at is null
   and (observed is not null or handed_over_at is not null)
