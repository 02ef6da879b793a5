import { row, run, type Database } from './database.ts';

/** A named value that survives restarts, or `fallback` when it was never written. */
export function readSetting<T>(db: Database, name: string, fallback: T): T {
  const found = row<{ value: string }>(db, 'select value from setting where name = ?', name);
  return found === undefined ? fallback : (JSON.parse(found.value) as T);
}

export function writeSetting(db: Database, name: string, value: unknown): void {
  run(
    db,
    'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    name,
    JSON.stringify(value),
  );
}

/** What can be switched while the sandbox runs. */
export interface Behaviour {
  /** 429 above this many POSTs in a minute; null: no limit. PayPal's own is 400. */
  readonly postsPerMinuteMax: number | null;
  /** False: the older refusal of a duplicate, which does not say which batch it was. */
  readonly duplicateLink: boolean;
}

const behaviourDefault: Behaviour = { postsPerMinuteMax: null, duplicateLink: true };

export function readBehaviour(db: Database): Behaviour {
  return readSetting(db, 'behaviour', behaviourDefault);
}

export function writeBehaviour(db: Database, change: Partial<Behaviour>): Behaviour {
  const next = { ...readBehaviour(db), ...change };
  writeSetting(db, 'behaviour', next);
  return next;
}
