-- Progress is committed without waiting for the disk, and told to everybody at once: a crash may
-- lose what clients have seen already. A revision that only counted would then be given twice, and
-- what came after the crash be taken for what was seen before. So it is never behind the clock, in
-- milliseconds.
create function headway.advance_revision() returns trigger language plpgsql as $$
begin
  new.revision := greatest(new.revision, (extract(epoch from clock_timestamp()) * 1000)::bigint);
  return new;
end
$$;

create trigger advance_revision before insert or update of revision on headway.run
  for each row execute function headway.advance_revision();
