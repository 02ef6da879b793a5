import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { onBoth } from './engines.ts';

const now = new Date(Date.UTC(2026, 10, 20, 12));

const person = (db: Db, id: string, email: string, role = 'owner', status = 'active') =>
  sql`insert into person (id, name, email, role, status, created_at, updated_at)
    values (${id}, '', ${email}, ${role}, ${status}, ${now}, ${now})`.execute(db);
const invitation = (db: Db, id: string, email: string) =>
  sql`insert into person_invitation (public_id, email, name, role, token_hash, invited_by, created_at, expires_at)
    values (${id}, ${email}, '', 'viewer', ${id}, 'x', ${now}, ${now})`.execute(db);

onBoth((engine) => {
  it('keeps people apart by their e-mail, and knows no other role or status', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await person(db, 'pe_1', 'ana@example.com');
    await expect(person(db, 'pe_2', 'ana@example.com')).rejects.toThrow('person_email_key');
    await expect(person(db, 'pe_2', 'Ana@example.com')).rejects.toThrow('check constraint');
    await expect(person(db, 'pe_2', 'b@example.com', 'payee')).rejects.toThrow('person_role_check');
    await expect(person(db, 'pe_2', 'b@example.com', 'owner', 'gone')).rejects.toThrow('person_status_check');
  });

  it('has sessions and passkeys of people only, each once', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const session = (id: string, whose: string, token: string) =>
      sql`insert into person_session (id, token, person_id, expires_at, created_at, updated_at)
        values (${id}, ${token}, ${whose}, ${now}, ${now}, ${now})`.execute(db);
    await person(db, 'pe_1', 'ana@example.com');
    await session('ps_1', 'pe_1', 't1');
    await expect(session('ps_2', 'pe_1', 't1')).rejects.toThrow('person_session_token_key');
    await expect(session('ps_2', 'pe_2', 't2')).rejects.toThrow('foreign key');
  });

  it('has one open invitation per e-mail, and none that is both accepted and ended', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await invitation(db, 'pi_1', 'ana@example.com');
    await expect(invitation(db, 'pi_2', 'ana@example.com')).rejects.toThrow('person_invitation_open');
    await sql`update person_invitation set ended_at = ${now}`.execute(db);
    await invitation(db, 'pi_2', 'ana@example.com');
    await expect(
      sql`update person_invitation set accepted_at = ${now}, ended_at = ${now}`.execute(db),
    ).rejects.toThrow('check constraint');
  });
});
