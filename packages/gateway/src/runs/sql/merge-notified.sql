-- Merges raw notes into the reported runs among these. $1 ids, $2 and $3 the places of the notes,
-- $4 fields, $5 outputs
select headway.merge_notes($1, $2, $3, $4, $5) as id
