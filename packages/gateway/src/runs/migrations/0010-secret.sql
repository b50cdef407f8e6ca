-- What this database's gateways compute with and nobody else can, such as the ids of runs that are
-- started under a key. Each is drawn by the gateway that needs it first.
create table headway.secret (
  name       text primary key,
  value      bytea not null,
  created_at timestamptz not null default now()
);
revoke all on headway.secret from public;
