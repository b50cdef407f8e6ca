-- What changes when a view is made, made anew, renamed or dropped, or a function in SQL, which a plan may have dissolved;
-- and which PostgreSQL this is.
select (select md5(string_agg(concat_ws(' ', pg_class.oid, relname, relnamespace, pg_rewrite.xmin), ',' order by pg_class.oid))
          from pg_class join pg_rewrite on ev_class = pg_class.oid
         where relkind = 'v' and relpersistence <> 't'
           and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace))
       || coalesce((select md5(string_agg(concat_ws(' ', pg_proc.oid, proname, pg_proc.xmin), ',' order by pg_proc.oid))
             from pg_proc join pg_language on pg_language.oid = prolang
            where lanname = 'sql'
              and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)), '') as shape,
       current_setting('server_version_num')::integer as version
