import { sql } from 'kysely';
import type { LinkHand } from '../core/actor.ts';
import { commandLine } from '../core/actor.ts';
import type { ThroughFacts } from '../core/link-hands.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** Longest chain of keys that made keys. */
const makersMax = 10;

export interface Hand {
  kind: string;
  id: string;
  /** As history shows it; of the one who was asked for, null. */
  name: string | null;
}

/**
 * Whoever acts by this key: the key, the key or person that made it, and so on, as the audit trail tells. A key made at the
 * command line has no maker: who typed there, nobody knows, and everybody's first keys are made there.
 */
export async function handsOf(db: Db, actor: { kind: string; id: string }): Promise<Hand[]> {
  if (actor.kind !== 'key') return [{ ...actor, name: null }];
  return all(
    db,
    sql<Hand>`with recursive hand as (
        select ${actor.kind}::text collate "C" as kind, ${actor.id}::text collate "C" as id, null::text as name, 0 as depth
        union all
        select e.actor_kind, e.actor_id, e.actor_name, hand.depth + 1 from hand
        join audit_event e on e.subject_id = hand.id and e.event = 'key.created' and e.actor_kind in ('person', 'key')
          and (e.actor_kind, e.actor_id) <> ('person', ${commandLine.id})
        where hand.kind = 'key' and hand.depth < ${makersMax})
      select kind, id, name from hand`,
  );
}

/** Who asked for a payout, or said last where it goes, and through whose link. */
export interface PayoutHand {
  payoutId: bigint;
  what: 'asked' | 'sent';
  kind: string;
  id: string;
  through: ThroughFacts | null;
}

/**
 * Whose deeds these payouts are, as the audit trail tells: who asked for each of them, also again, and who said last where it
 * goes after it was asked for. Of who asked only links are told; who it was stands on the payout.
 */
export async function handsOn(db: Db, payoutIds: readonly bigint[]): Promise<PayoutHand[]> {
  return all(
    db,
    sql<PayoutHand>`select p.id as "payoutId", 'asked' as what, e.actor_kind as kind, e.actor_id as id,
        e.after::jsonb -> 'through' as through
      from payout p join audit_event e on e.subject_id = p.public_id
        and case when e.event in ('payout.requested', 'payout.resubmitted') then e.after::jsonb ? 'through' else false end
      where p.id = any(${payoutIds as bigint[]}::bigint[])
      union all
      select p.id, 'sent', s.actor_kind, s.actor_id, s.after::jsonb -> 'through'
      from payout p join payee y on y.id = p.payee_id
      join payout_method m on m.id = p.method_id
      cross join lateral (select e.* from audit_event e where e.subject_id = y.public_id and e.at >= p.created_at
        and case e.event when 'payee.changed' then e.after::jsonb -> 'changed' ? 'payoutMethod'
          when 'payout_method.added' then e.after::jsonb ->> 'methodId' = m.public_id
          when 'payout_method.chosen' then e.after::jsonb ->> 'methodId' = m.public_id else false end
        order by e.at desc, e.id desc limit 1) s
      where p.id = any(${payoutIds as bigint[]}::bigint[])`,
  );
}

/** Who last gave this payee another address of mail, after `since`; undefined when nobody did. */
export async function addressSetBy(
  db: Db,
  payeePublicId: string,
  since: Date,
): Promise<(Hand & { name: string }) | undefined> {
  return one(
    db,
    sql<
      Hand & { name: string }
    >`select actor_kind as kind, actor_id as id, actor_name as name from audit_event
      where subject_id = ${payeePublicId} and at > ${since}
        and case when event = 'payee.changed' then after::jsonb -> 'changed' ? 'email' else false end
      order by at desc, id desc limit 1`,
  );
}

/** Keeps who may hold links that have not been used; who is known to already stays as they are. */
export async function insertLinkHands(
  tx: Db,
  hands: readonly (LinkHand & { tokenHash: string })[],
): Promise<void> {
  await run(
    tx,
    sql`insert into portal_link_hand (link_id, kind, id, name, how)
      select l.id, i.kind, i.id, i.name, i.how from ${rowsOf('i', hands, {
        token_hash: ['text', (hand) => hand.tokenHash],
        kind: ['text', (hand) => hand.kind],
        id: ['text', (hand) => hand.id],
        name: ['text', (hand) => hand.name],
        how: ['text', (hand) => hand.how],
      })} join portal_link l on l.token_hash = i.token_hash and l.used_at is null
      on conflict (link_id, kind, id) do nothing`,
  );
}

/** Who may hold the link of this id, as a part of a statement. */
export const handsOfLink = (linkId: string) =>
  sql.raw(`(select coalesce(json_agg(json_build_object('kind', h.kind, 'id', h.id, 'name', h.name, 'how', h.how)
    order by h.kind, h.id), '[]'::json) from portal_link_hand h where h.link_id = ${linkId}) as through`);
