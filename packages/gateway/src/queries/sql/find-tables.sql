-- The tables that names refer to now, with all their parts: the partitions of a partitioned table,
-- the heirs of any other. `told_as`: the id in notifications. $1 names
with recursive named as (
  select name, to_regclass(name)::oid as found from unnest($1::text[]) as name
), tree (name, id) as (
  select name, coalesce(pg_partition_root(found::regclass)::oid, found) from named where found is not null
  union
  select name, inhrelid from tree join pg_inherits on inhparent = tree.id
)
select tree.name,
       id::text,
       case when relnamespace = 'pg_catalog'::regnamespace then 'catalog' else relkind::text end as kind,
       id::regclass::text as called,
       coalesce(pg_partition_root(id::regclass)::oid, id)::text as "toldAs",
       coalesce((select tgenabled::text from pg_trigger where tgrelid = id and tgname = 'headway_note_change'), '') as trigger
  from tree join pg_class on pg_class.oid = id
 order by tree.name, id
