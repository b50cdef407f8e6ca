-- Stores a secret, unless there is one. $1 name, $2 bytes
insert into headway.secret (name, value) values ($1, $2) on conflict do nothing
