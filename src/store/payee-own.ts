import { sql } from 'kysely';
import type { Language } from '../core/language.ts';
import type { PayoutKind, PayoutState } from '../core/payout.ts';
import type { SubmissionState } from '../core/submission.ts';
import type { ConversionRow } from './conversions.ts';
import { conversionColumns, conversionJoin } from './conversions.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { owesAtRetry } from './owed.ts';
import { payeeSettled, settledAtText } from './settled.ts';

// What a payee may read and change of their own. Every statement filters by the payee.

export interface OwnBalance {
  currency: string;
  available: bigint;
  pending: bigint;
  reserved: bigint;
  /** With a provider: sent, not arrived yet. */
  onItsWay: bigint;
  paid: bigint;
  /** When the next earning that waits becomes available. */
  nextAvailableAt: Date | null;
}

interface BalanceRow extends Pick<OwnBalance, 'currency' | 'onItsWay' | 'paid' | 'nextAvailableAt'> {
  account: 'payee_available' | 'payee_pending' | 'payee_reserved';
  amount: bigint;
}

/**
 * What belongs to a payee per currency, minor units: up to three rows of `balance` each by its key, however much they earned
 * and were paid, and one look into the index of what waits for when the next of it is free.
 */
export async function ownBalances(db: Db, payeeId: bigint): Promise<OwnBalance[]> {
  const rows = await all(
    db,
    sql<BalanceRow>`select b.account, b.currency, b.amount, b.on_its_way as "onItsWay", b.paid,
        case when b.account = 'payee_pending' then (select min(e.available_at) from earning e
          where e.pending and e.payee_id = b.owner_id and e.currency = b.currency) end as "nextAvailableAt"
      from balance b where b.owner_id = ${payeeId} order by b.currency`,
  );
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, parts]) => {
    const rowOf = (account: BalanceRow['account']) => parts.find((part) => part.account === account);
    const [reserved, pending] = [rowOf('payee_reserved'), rowOf('payee_pending')];
    return {
      currency,
      available: rowOf('payee_available')?.amount ?? 0n,
      pending: pending?.amount ?? 0n,
      reserved: reserved?.amount ?? 0n,
      onItsWay: reserved?.onItsWay ?? 0n,
      paid: reserved?.paid ?? 0n,
      nextAvailableAt: pending?.nextAvailableAt ?? null,
    };
  });
}

export interface OwnPayout extends ConversionRow {
  id: bigint;
  publicId: string;
  amount: bigint;
  currency: string;
  state: PayoutState;
  reasonCode: string | null;
  reasonDetail: string | null;
  createdAt: Date;
  stateAt: Date;
  completedAt: Date | null;
  submissionState: SubmissionState | null;
  acceptedAt: Date | null;
  nextRetryAt: Date | null;
  /** When it is sent again that the provider did not take yet. */
  putOff: Date | null;
  holdReason: string | null;
  holdUntil: Date | null;
  /** Set once it is in an export: a person pays it. */
  handExportedAt: Date | null;
  payeeStatus: 'active' | 'blocked';
  payeeHoldReason: string | null;
  payeeHoldUntil: Date | null;
  methodUsableFrom: Date | null;
  methodFrozenAt: Date | null;
  kind: PayoutKind;
  /** The payee is paid another way now than this was tried last. */
  hasOtherMethod: boolean;
  /** It is planned to be tried again, and they owe from the balance that it is paid from. */
  owes: boolean;
  /** When they said, since it failed, that what stopped it is settled. */
  settledAt: Date | null;
  /** Until when it must be approved or declined; null: nothing ends it by itself. */
  expiresAt: Date | null;
  /** Of the method in use, and why the provider says that its account cannot be paid; null: it can, or nobody knows. */
  presentType: string | null;
  notReadyCode: string | null;
  /** The method that was tried last; null: none yet. */
  triedMethodId: bigint | null;
  /** Where it goes or went, the address as people see it; null: the payee has no method. */
  methodPublicId: string | null;
  methodType: string | null;
  methodMasked: string | null;
}

const payoutColumns = sql`${sql.raw(`p.id, p.public_id as "publicId", p.amount, p.currency, p.state,
  p.reason_code as "reasonCode", p.reason_detail as "reasonDetail", p.created_at as "createdAt", p.state_at as "stateAt", p.completed_at as "completedAt",
  case when p.state = 'queued' and s.send_count > 0 and s.lease_until is null then s.next_action_at end as "putOff",
  s.state as "submissionState", s.accepted_at as "acceptedAt", p.hold_reason as "holdReason", p.hold_until as "holdUntil",
  p.hand_exported_at as "handExportedAt", y.status as "payeeStatus", y.hold_reason as "payeeHoldReason", y.hold_until as "payeeHoldUntil",
  m.usable_from as "methodUsableFrom", m.frozen_at as "methodFrozenAt", p.next_retry_at as "nextRetryAt",
  p.kind, coalesce(m.id <> a.method_id, false) as "hasOtherMethod", m.type as "presentType",
  (select coalesce(k.reason_code, 'receiver_not_enabled') from provider_account k
    where k.provider = m.type and k.fingerprint = m.fingerprint and k.state = 'not_ready') as "notReadyCode",
  a.method_id as "triedMethodId", t.public_id as "methodPublicId", t.type as "methodType", t.masked as "methodMasked",
  ${settledAtText} as "settledAt", case when p.hand_exported_at is null then p.expires_at end as "expiresAt", ${conversionColumns}`)}, ${owesAtRetry} as owes`;
const payouts =
  sql.raw(`payout p join payee y on y.id = p.payee_id left join payout_method m on m.payee_id = p.payee_id and m.is_default
  left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count
  left join submission s on s.id = a.submission_id
  left join payout_method t on t.id = coalesce(p.method_id, a.method_id, m.id) ${conversionJoin}`);

/** A page of the payee's payouts, newest first. */
export async function ownPayouts(
  db: Db,
  payeeId: bigint,
  limit: number,
  before: bigint | null,
): Promise<OwnPayout[]> {
  return all(
    db,
    sql<OwnPayout>`select ${payoutColumns} from ${payouts}
      where p.payee_id = ${payeeId} and (${before}::bigint is null or p.id < ${before})
      order by p.id desc limit ${limit}`,
  );
}

/** One payout of the payee by its public id alone: references are the platform's. */
export async function ownPayout(db: Db, payeeId: bigint, publicId: string): Promise<OwnPayout | undefined> {
  return one(
    db,
    sql<OwnPayout>`select ${payoutColumns} from ${payouts}
      where p.payee_id = ${payeeId} and p.public_id = ${publicId}`,
  );
}

export interface OwnStep {
  at: Date;
  state: PayoutState;
  /** They said that what stopped it is settled. */
  said: boolean;
}

/** The states a payout of the payee came through, oldest first; who moved it and why stays inside. */
export async function ownSteps(db: Db, payeeId: bigint, payoutId: bigint): Promise<OwnStep[]> {
  return all(
    db,
    sql<OwnStep>`select at, state::payout_state as state, said from (
        select p.created_at as at, 0 as rank, p.id, 'queued' as state, false as said from payout p
          where p.kind = 'cycle' and p.id = ${payoutId} and p.payee_id = ${payeeId}
        union all
        select e.at, 1, e.id, case e.event when 'send' then 'sending' when 'accept' then 'sent' else 'queued' end, false
          from submission_event e join payout_attempt a on a.submission_id = e.submission_id
          join payout p on p.id = a.payout_id
          where p.id = ${payoutId} and p.payee_id = ${payeeId} and e.event in ('send', 'accept', 'defer')
        union all
        select e.at, 2, e.id, e.to_state::text, e.event = ${payeeSettled} from payout_event e join payout p on p.id = e.payout_id
          where p.id = ${payoutId} and p.payee_id = ${payeeId}) steps
      order by at, rank, id`,
  );
}

export interface OwnProfile {
  publicId: string;
  name: string;
  email: string | null;
  status: 'active' | 'blocked';
  language: Language | null;
  timezone: string | null;
}

/** The time zone that the payee chose; null: none. */
export async function ownZone(db: Db, payeeId: bigint): Promise<string | null> {
  const found = await one(
    db,
    sql<{ zone: string | null }>`select timezone as zone from payee where id = ${payeeId}`,
  );
  return found?.zone ?? null;
}

/** The payee themself; in a transaction the row is theirs until its end. */
export async function ownProfile(db: Db, payeeId: bigint): Promise<OwnProfile | undefined> {
  const lock = db.isTransaction ? sql`for no key update` : sql``;
  return one(
    db,
    sql<OwnProfile>`select public_id as "publicId", name, email, status, language, timezone from payee where id = ${payeeId} ${lock}`,
  );
}

/** What a payee may change of themself. */
export type OwnChoices = Pick<OwnProfile, 'name' | 'language' | 'timezone'>;

/** The payee chooses for themself. */
export async function changeOwn(tx: Db, payeeId: bigint, to: OwnChoices, now: Date): Promise<void> {
  await run(
    tx,
    sql`update payee set name = ${to.name}, language = ${to.language}, timezone = ${to.timezone}, updated_at = ${now}
      where id = ${payeeId}`,
  );
}

/** What a payee chose for what is written to them; null: nothing. */
export async function mailChoices(
  db: Db,
  payeeId: bigint,
): Promise<Pick<OwnProfile, 'language' | 'timezone'>> {
  const row = await one(
    db,
    sql<
      Pick<OwnProfile, 'language' | 'timezone'>
    >`select language, timezone from payee where id = ${payeeId}`,
  );
  return row ?? { language: null, timezone: null };
}
