-- The places of jobs that wait, in the order in which BullMQ takes them. The schema is that of the
-- connection. $1 queue, $2 ids, $3 the most to look at
select id, place
  from (
    select id, row_number() over (order by priority, seq)::integer as place
      from (
        select id, priority, seq from job
         where queue = $1 and state = 'waiting'
         order by priority, seq
         limit $3
      ) as first
  ) as placed
 where id = any($2::text[])
