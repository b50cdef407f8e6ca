-- Adds up what has changed below a run. $1 id
select headway.count_children($1) as answer
