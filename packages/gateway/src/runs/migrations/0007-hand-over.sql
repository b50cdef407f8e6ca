-- A job is noted before its queue hears of it, and in the transaction of whoever starts it. What
-- the queue has not heard of yet is handed over by whoever finds it: also after a crash in between.
alter table headway.run add column handed_over_at timestamptz;
update headway.run set handed_over_at = now();
create index run_to_hand_over on headway.run (updated_at)
  where kind = 'job' and status = 'pending' and handed_over_at is null;
