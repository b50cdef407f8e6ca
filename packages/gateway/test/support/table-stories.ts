import pg from 'pg'
import { database, type queries, users } from './tables-gateway.ts'

/**
 * As psql would: each statement commits by itself, but what stands between `begin` and `commit`.
 */
export async function tell(statements: string): Promise<void> {
  const session = new pg.Client({ connectionString: database })
  await session.connect()
  for (const statement of statements.split(';')) await session.query(statement)
  await session.end()
}
export const ids = (...numbers: number[]) => numbers.map((id) => ({ id }))

/**
 * A query that is watched, what it shows, what changes, what it has to show then; what changes
 * after that, and what then.
 */
export const stories: [
  string,
  keyof typeof queries,
  unknown,
  unknown,
  string,
  unknown,
  string?,
  unknown?,
][] = [
  [
    'its table is swapped for another',
    'users',
    null,
    [],
    `create table fresh (like users); begin; alter table users rename to old;
     alter table fresh rename to users; commit; insert into users values (1, 'a')`,
    users(1),
    `insert into users values (2, 'a')`,
    users(1, 2),
  ],
  [
    'its table is swapped for one that is full already, and no row changes after',
    'users',
    null,
    [],
    `create table fresh (like users); insert into fresh values (2, 'a');
     begin; drop table users cascade; alter table fresh rename to users; commit`,
    users(2),
    `insert into users values (3, 'a')`,
    users(2, 3),
  ],
  [
    'its schema is swapped',
    'users',
    null,
    [],
    `create schema next; create table next.users (like users); insert into next.users values (3, 'a');
     begin; alter schema public rename to past; alter schema next rename to public; commit;
     drop schema past cascade`,
    users(3),
    `insert into users values (4, 'a')`,
    users(3, 4),
  ],
  [
    'rows come by replication',
    'users',
    null,
    [],
    `set session_replication_role = replica; insert into users values (4, 'a')`,
    users(4),
  ],
  [
    'a partition that was made later is written directly',
    'parts',
    null,
    [],
    `create table parts_3 partition of parts for values from (20) to (30);
     insert into parts_3 values (21, 'a')`,
    users(21),
    `insert into parts_3 values (22, 'a')`,
    users(21, 22),
  ],
  [
    'a partition is attached',
    'parts',
    null,
    [],
    `create table parts_3 (id integer, name text); insert into parts_3 values (22, 'a');
     alter table parts attach partition parts_3 for values from (20) to (30)`,
    users(22),
    `insert into parts_3 values (23, 'a')`,
    users(22, 23),
  ],
  [
    'a view over a view changes below',
    'upper',
    null,
    [],
    `insert into users values (5, 'a')`,
    ids(5),
  ],
  [
    'its view is made anew, over another table',
    'upper',
    null,
    [],
    `create table others (id integer); create or replace view lower_view as select id from others;
     insert into others values (6)`,
    ids(6),
    `insert into others values (7)`,
    ids(6, 7),
  ],
  [
    'a view that was declared changes below',
    'declared_view',
    null,
    0,
    `insert into users values (7, 'a')`,
    1,
  ],
  [
    'what inherits from its table is written',
    'parent',
    null,
    [],
    'insert into child values (8)',
    ids(8),
  ],
  [
    'what inherits was made later',
    'parent',
    null,
    [],
    'create table late () inherits (parent); insert into late values (9)',
    ids(9),
    `insert into late values (10)`,
    ids(9, 10),
  ],
  ['its table is not logged', 'unlogged', null, [], 'insert into unlogged values (10)', ids(10)],
  [
    'its trigger was dropped',
    'users',
    null,
    [],
    `drop trigger headway_note_change on users; insert into users values (11, 'a')`,
    users(11),
    `insert into users values (12, 'a')`,
    users(11, 12),
  ],
  [
    'its triggers were disabled while it was filled',
    'users',
    null,
    [],
    `alter table users disable trigger all; insert into users values (12, 'a')`,
    users(12),
    `insert into users values (13, 'a')`,
    users(12, 13),
  ],
]
