-- Runs of queues that other programs work on.
alter table headway.run
  -- The place in the queue's events up to which the row has them.
  add column observed text collate "C",
  -- Who may see a run without an owner; null: all who know its id.
  add column readers text check (readers in ('admins', 'everyone'));

create index run_observed on headway.run (queue, id) where engine = 'observed' and finished_at is null;

-- The observed queues. One gateway at a time reads the events of each, from the cursor on: the one
-- whose lease is not over. Each time that another takes it, the term grows.
create table headway.observed_queue (
  queue       text primary key,
  holder      uuid,
  term        bigint not null default 0,
  lease_until timestamptz not null default now(),
  cursor      text,
  read_at     timestamptz
);
revoke all on headway.observed_queue from public;
