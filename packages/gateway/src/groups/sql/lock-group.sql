-- Locks a group until its new children are there: it is neither counted nor ended meanwhile. $1 id
select id from headway.run where id = $1 and engine = 'group' for no key update
