-- $1 id, $2 name, $3 engine
insert into headway.run (id, kind, name, engine, progress) values ($1, 'job', $2, $3, 0)
