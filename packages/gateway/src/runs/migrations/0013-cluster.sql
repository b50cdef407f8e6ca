-- The gateways that live. Each draws a number and renews its lease; one whose lease is over counts
-- as stopped.
create table headway.gateway (
  number      bigint primary key,
  lease_until timestamptz not null
);

-- Requests about sessions of another gateway, until that one takes them. As text: jsonb has no NUL.
create table headway.left_request (
  id         bigint generated always as identity primary key,
  gateway    bigint not null,
  session_id uuid not null,
  request    text not null
);
create index left_request_gateway on headway.left_request (gateway, id);

-- Tickets for one stream each: the digest of each, and its owner.
create table headway.ticket (
  digest     bytea primary key,
  principal  text not null,
  user_id    text not null,
  ip         text not null,
  expires_at timestamptz not null
);
create index ticket_user on headway.ticket (user_id, expires_at);
create index ticket_ip on headway.ticket (ip);
create index ticket_expiry on headway.ticket (expires_at);

revoke all on headway.gateway, headway.left_request, headway.ticket from public;
