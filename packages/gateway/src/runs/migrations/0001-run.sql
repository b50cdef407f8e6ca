-- One row for each piece of work that a user can see. The row is the truth; notifications only
-- hint that it is worth reading again.
create table headway.run (
  id                  uuid primary key,
  kind                text not null check (kind in ('job', 'workflow')),
  name                text not null,
  -- What executes it. Engines know the run by its id.
  engine              text not null,
  status              text not null default 'pending',
  -- Percent, 0 to 100; null when it cannot be said. A job starts at 0, and each attempt again.
  progress            integer check (progress between 0 and 100),
  message             text,
  -- As it was written: `jsonb` would reorder its members and refuse \u0000.
  output              json,
  error               text,
  -- 0 before the first attempt. Every write of an attempt is fenced by it.
  attempt             integer not null default 0,
  cancel_requested_at timestamptz,
  reason              text,
  created_at          timestamptz not null default now(),
  started_at          timestamptz,
  finished_at         timestamptz,
  updated_at          timestamptz not null default now(),
  -- Grows with every visible change.
  revision            bigint not null default 1
);
