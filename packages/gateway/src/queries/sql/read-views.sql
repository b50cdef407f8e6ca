-- A text that changes when a view is created, replaced, renamed or dropped, or an SQL function,
-- which a plan may have inlined; and the version of PostgreSQL.
select (select md5(string_agg(concat_ws(' ', pg_class.oid, relname, relnamespace, pg_rewrite.xmin), ',' order by pg_class.oid))
          from pg_class join pg_rewrite on ev_class = pg_class.oid
         where relkind = 'v' and relpersistence <> 't'
           and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace))
       || coalesce((select md5(string_agg(concat_ws(' ', pg_proc.oid, proname, pg_proc.xmin), ',' order by pg_proc.oid))
             from pg_proc join pg_language on pg_language.oid = prolang
            where lanname = 'sql'
              and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)), '') as shape,
       current_setting('server_version_num')::integer as version
