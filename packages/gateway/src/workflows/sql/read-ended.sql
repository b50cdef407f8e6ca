-- The end of a run; no row while it has not ended. $1 id
select status, output, error from headway.run where id = $1 and finished_at is not null
