-- A page of ended runs, the oldest end first: those of the gateway's own queue, those of queues
-- that it observes, workflows, groups, and reports from SQL. Each row has the end that is too late;
-- without any run there is one row that has nothing else.
-- $1 end of the last one, $2 its id, $3 time, $4 days before that time, $5 engine, $6 its queue,
-- $7 observed queues, $8 most
select before::text, found.*
  from (select coalesce($3::timestamptz, now()) - $4::float8 * interval '1 day' as before) as due
  left join lateral (
    select id, kind, name, status, cancel_requested_at is not null as "isCancelRequested",
           finished_at::text as "finishedAt"
      from headway.run
     where finished_at is not null
       and (finished_at, id) > ($1::timestamptz, $2::uuid)
       and finished_at < before
       and (kind = 'workflow'
            or engine in ('sql', 'group')
            or engine = $5 and coalesce(queue, $6) = $6
            or engine = 'observed' and queue = any($7::text[]))
     order by finished_at, id
     limit $8) as found on true
