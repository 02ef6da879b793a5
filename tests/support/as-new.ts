import { sql } from 'kysely';
import { all, type Db } from '../../src/store/db.ts';

/** Beside `public`, so that nothing that looks at the tables of Purser sees it. */
const kept = 'as_migrated';

/**
 * Keeps what the migrations left in a database: the rows of tables that are not empty, where each sequence stands, and how the schema
 * is made. `makeAsNew` goes back to it.
 */
export async function keepAsNew(db: Db): Promise<void> {
  await sql.raw(keep).execute(db);
  await sql.raw(`create table ${kept}.made as ${made}`).execute(db);
}

/**
 * As after the migrations, without running them again: what changed is emptied and filled with what was kept. False when somebody
 * changed the schema itself: then the database is not as new.
 */
export async function makeAsNew(db: Db): Promise<boolean> {
  await sql.raw(restore).execute(db);
  const differing = await all(
    db,
    sql.raw(`select from (${made}) now natural full join ${kept}.made then_
    where now.what is null or then_.what is null limit 1`),
  );
  return differing.length === 0;
}

/** Every part of the schema with a print of its definition: columns, defaults, rules, indexes, triggers and functions. */
const made = `select what, md5(string_agg(part, ' ' order by part)) as print from (
    select 'relation ' || c.oid as what, concat_ws(' ', c.relname, c.relkind, a.attname, a.attnum, a.atttypid, a.attnotnull, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) as part
      from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace
    union all select 'trigger ' || t.oid, concat_ws(' ', t.tgname, t.tgenabled) from pg_trigger t
    union all select 'rule ' || c.oid, concat_ws(' ', c.conname, c.conrelid, c.convalidated) from pg_constraint c
    union all select 'function ' || p.oid, p.prosrc from pg_proc p where p.pronamespace = 'public'::regnamespace) parts
  group by what`;

const keep = `do $do$
declare one record; filled boolean; place bigint; called boolean;
begin
  create schema ${kept};
  create table ${kept}.sequence_place (id oid primary key, place bigint not null, called boolean not null);
  for one in select c.oid as id, c.relkind as kind, c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
  loop
    if one.kind = 'S' then
      execute format('select last_value, is_called from public.%I', one.name) into place, called;
      insert into ${kept}.sequence_place values (one.id, place, called);
    else
      execute format('select exists (select from public.%I)', one.name) into filled;
      if filled then execute format('create table ${kept}.%1$I as table public.%1$I', one.name); end if;
    end if;
  end loop;
end $do$`;

// The triggers that keep tables append-only hold against everybody, also with session_replication_role = replica. For the length of
// this transaction the one function they call refuses nothing; then it is what it was.
const restore = `do $do$
declare guard text := pg_get_functiondef('public.purser_refuse_change'::regproc); changed text; filled record;
begin
  select string_agg(format('public.%I', c.relname), ', ') into changed from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_relation_size(c.oid) > 0;
  create or replace function public.purser_refuse_change() returns trigger language plpgsql as 'begin return null; end';
  execute 'truncate ' || changed || ' cascade';
  execute guard;
  set local session_replication_role = replica;
  for filled in select c.relname as name, (select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = format('public.%I', c.relname)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c where c.relnamespace = '${kept}'::regnamespace and c.relkind = 'r' and c.relname not in ('made', 'sequence_place')
  loop
    execute format('insert into public.%1$I (%2$s) overriding system value select %2$s from ${kept}.%1$I', filled.name, filled.columns);
  end loop;
  set local session_replication_role = origin;
  perform setval(id::regclass, place, called) from ${kept}.sequence_place;
end $do$`;
