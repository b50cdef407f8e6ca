-- A run that its queue has lost is to be handed over again, unless it has just changed.
-- $1 id, $2 revision
update headway.run set handed_over_at = null where id = $1 and revision = $2::bigint and finished_at is null
   and children is distinct from 'awaited'
