-- The runs whose children were not counted, or not cancelled or retried, as they were to be.
select distinct parent as id from headway.family_change
union
select id from headway.family where todo is not null
