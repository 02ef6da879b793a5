import { sql } from 'kysely';
import type { Role } from '../core/roles.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

/** A member of the team, or one who was. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly status: 'active' | 'removed';
  readonly createdAt: Date;
  /** Until when the password that Purser made opens its own change; null: they have chosen one. */
  readonly temporaryPasswordUntil: Date | null;
  /** True when an authenticator app is asked at sign-in. */
  readonly totp: boolean;
  readonly passkeys: number;
  readonly lastSeenAt: Date | null;
}

const columns = sql.raw(`p.id, p.name, p.email, p.role, p.status, p.created_at as "createdAt",
  p.temporary_password_until as "temporaryPasswordUntil", p.two_factor_enabled as totp,
  (select count(*)::int from person_passkey k where k.person_id = p.id) as passkeys,
  (select max(s.updated_at) from person_session s where s.person_id = p.id) as "lastSeenAt"`);

/** People of one answer; a team is smaller. */
const peopleMax = 1000;

export async function listPeople(db: Db): Promise<PersonRow[]> {
  return all(db, sql<PersonRow>`select ${columns} from person p order by p.id limit ${peopleMax}`);
}

/** By id or e-mail. */
export async function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  return one(
    db,
    sql<PersonRow>`select ${columns} from person p where p.id = ${id} or p.email = ${id.toLowerCase()} limit 1`,
  );
}

export async function isTeamEmpty(db: Db): Promise<boolean> {
  return (await one(db, sql`select 1 from person limit 1`)) === undefined;
}

/**
 * The ids of the active owners, locked. Whoever takes an owner away locks them first, so of two who remove each other the
 * second one waits and then finds itself the last.
 */
export async function lockOwners(tx: Db): Promise<string[]> {
  const rows = await all(
    tx,
    sql<{
      id: string;
    }>`select id from person where role = 'owner' and status = 'active' order by id for update`,
  );
  return rows.map((row) => row.id);
}

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly temporaryPasswordUntil: Date | null;
}

/** Adds a person, or takes one back who was removed (with the id they had); answers the id, or null when they are active. */
export async function insertPerson(tx: Db, person: NewPerson, now: Date): Promise<string | null> {
  const { id, name, email, role, temporaryPasswordUntil: until } = person;
  const row = await one(
    tx,
    sql<{
      id: string;
    }>`insert into person as p (id, name, email, role, temporary_password_until, created_at, updated_at)
      values (${id}, ${name}, ${email.toLowerCase()}, ${role}, ${until}, ${now}, ${now})
      on conflict (email) do update set name = excluded.name, role = excluded.role, status = 'active',
        temporary_password_until = excluded.temporary_password_until, updated_at = excluded.updated_at
      where p.status = 'removed'
      returning id`,
  );
  return row?.id ?? null;
}

/** Sets the password of a person, of whom it is the only one. */
export async function setPassword(
  tx: Db,
  personId: string,
  account: { id: string; passwordHash: string },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into person_account (id, account_id, provider_id, person_id, password, created_at, updated_at)
      values (${account.id}, ${personId}, 'credential', ${personId}, ${account.passwordHash}, ${now}, ${now})
      on conflict (person_id, provider_id) do update set password = excluded.password, updated_at = excluded.updated_at`,
  );
}

export async function setTemporaryPassword(
  tx: Db,
  personId: string,
  until: Date | null,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update person set temporary_password_until = ${until}, updated_at = ${now} where id = ${personId}`,
  );
}

type Changeable = Pick<PersonRow, 'name' | 'email' | 'role' | 'status'>;

export async function updatePerson(tx: Db, personId: string, to: Changeable, now: Date): Promise<void> {
  await run(
    tx,
    sql`update person set name = ${to.name}, email = ${to.email}, role = ${to.role}, status = ${to.status},
      updated_at = ${now} where id = ${personId}`,
  );
}

/** Takes away authenticator app, recovery codes and passkeys; answers false when there were none. */
export async function deleteSecondFactors(tx: Db, personId: string): Promise<boolean> {
  const keys = await run(tx, sql`delete from person_passkey where person_id = ${personId}`);
  const codes = await run(tx, sql`delete from person_two_factor where person_id = ${personId}`);
  await run(tx, sql`update person set two_factor_enabled = false where id = ${personId}`);
  return keys + codes > 0;
}

/** The encrypted secret of an authenticator app, of one that is being set up too. */
export async function totpSecretOf(db: Db, personId: string): Promise<string | null> {
  const row = await one(
    db,
    sql<{ secret: string }>`select secret from person_two_factor where person_id = ${personId}`,
  );
  return row?.secret ?? null;
}

/** Notes that the code of this step was taken; false when one of it or of a later step was taken before. */
export async function takeTotpStep(db: Db, personId: string, step: number): Promise<boolean> {
  return (
    (await run(
      db,
      sql`update person_two_factor set last_step = ${step}
        where person_id = ${personId} and (last_step is null or last_step < ${step})`,
    )) === 1
  );
}

/** Whose passkey has this credential id; null: nobody's. */
export async function passkeyOwner(db: Db, credentialId: string): Promise<string | null> {
  const row = await one(
    db,
    sql<{ id: string }>`select person_id as id from person_passkey where credential_id = ${credentialId}`,
  );
  return row?.id ?? null;
}
