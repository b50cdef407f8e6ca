-- No more children come. $1 id
select headway.close_group($1)
