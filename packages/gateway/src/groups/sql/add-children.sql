-- $1 parent, $2 kind, $3 name, $4 engine, $5 queue, $6 options, $7 owner, $8 steps, $9 items
select added as id from headway.add_children($1, $2, $3, $4, $5, $6, $7, $8, $9) as added
