-- How a run has ended; nothing while it goes on. $1 id
select status, output, error from headway.run where id = $1 and finished_at is not null
