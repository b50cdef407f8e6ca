-- Finds runs by the time of their end. A run that has not ended is not in it, so progress writes
-- nothing here.
create index if not exists run_ended on headway.run (finished_at, id) where finished_at is not null;
