import { sql } from 'kysely';
import type { Db } from '../../src/store/db.ts';

/**
 * `count` rows in every table that is listed. One cycle, one payee and one batch hold most of it, so that a statement
 * which reads all of theirs is seen; nearly everything went well, so that one which looks for the rest is seen too.
 */
export async function fillTables(db: Db, count: number): Promise<void> {
  const parts = partsOf(count);
  await db.transaction().execute(async (tx) => {
    // Every row refers to one that is made here with the same number: looking it up for each of millions takes half of the time.
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const statement of [...moneyRows(parts), ...otherRows(parts, count)]) await statement.execute(tx);
  });
  await sql`vacuum analyze`.execute(db);
}

function partsOf(count: number) {
  const series = sql`generate_series(1, ${sql.lit(count)}) as g`;
  const at = sql`timestamptz '2026-11-01 12:00:00Z' + g * interval '1 second'`;
  // Three of four belong to the first one, the others are spread.
  const most = sql`case when g % 4 = 0 then g else 1 end`;
  const state = sql`(case when g % 5000 = 0 then 'failed' when g % 7000 = 0 then 'returned'
    when g % 9000 = 0 then 'unclaimed' else 'completed' end)`;
  const isRare = sql`g % 5000 = 0`;
  const reason = sql`case when ${state} in ('failed', 'returned') then 'receiver_locked' end`;
  return { series, at, most, state, isRare, reason };
}

function moneyRows({ series, at, most, state, isRare, reason }: ReturnType<typeof partsOf>) {
  return [
    sql`insert into payee (public_id, external_id, name, created_at, updated_at)
      select 'py_' || g, 'user' || g, 'Ana' || g % 1000 || ' Lopez' || g, ${at}, ${at} from ${series}`,
    sql`insert into payout_method (public_id, payee_id, type, kind, sealed, masked, fingerprint, is_default, created_at)
      select 'pm_' || g, g, 'paypal', 'email', '\\x00', 'u***@example.com', 'print' || g, true, ${at} from ${series}`,
    sql`insert into balance (account, owner_id, currency, amount, on_its_way, paid)
      select 'payee_reserved', g, 'USD', 0, 1000, 5000 from ${series}`,
    sql`insert into balance (account, owner_id, currency, amount) values ('payee_available', 1, 'USD', 6000), ('payee_pending', 1, 'USD', 0)`,
    sql`insert into cycle (public_id, name, created_at) select 'c' || g, 'Cycle ' || g, ${at} from ${series}`,
    sql`insert into earning (source_type, external_id, payee_id, cycle_id, gross, fee, net, currency, available_at, created_at, pending)
      select 'winner', 'sel' || g, ${most}, ${most}, 1000, 0, 1000, 'USD', ${at}, ${at}, g % 20 = 1 from ${series}`,
    sql`insert into payout (public_id, payee_id, cycle_id, amount, currency, state, attempt_count, reason_code, created_at,
        state_at, completed_at)
      select 'po_' || g, ${most}, ${most}, 1000, 'USD', ${state}::payout_state, 1, ${reason}, ${at}, ${at}, ${at}
        from ${series}`,
    sql`insert into payout_event (payout_id, event, from_state, to_state, actor, at)
      select g, 'complete', 'sent', ${state}::payout_state, 'poll', ${at} from ${series}`,
    sql`insert into payout_approval (payout_id, version, actor_kind, actor_id, actor_name, at)
      select g, 1, 'key', 'ak_1', 'key', ${at} from ${series}`,
    sql`insert into payout_paid_reference (payout_id, reference) select g, 'paid' || g from ${series}`,
    sql`insert into payout_earning (payout_id, earning_id, amount) select g, g, 1000 from ${series}`,
    ...unpaidRows(),
    sql`insert into fx_rate (public_id, base, quote, mantissa, scale, source, valid_at, entered_at, entered_by_kind,
        entered_by_id, entered_by_name)
      select 'fx_' || g, case when ${isRare} then 'EUR' else 'HTG' end, 'USD', 75, 4, 'BRH', ${at}, ${at}, 'key', 'ak_1', 'key'
        from ${series}`,
    sql`insert into payout_conversion (payout_id, rate_id, mantissa, scale, rate_source, rate_at, rounding, step, spread_bps,
        source_currency, source_exponent, source_amount, currency, exponent, amount, spread_amount)
      select g, g, 75, 4, 'BRH', ${at}, 'half_even', 1, 0, 'HTG', 2, 1000, 'USD', 2, 8, 0 from ${series}`,
    sql`insert into payout_recovery (payout_id, earning_id, amount, released_at) select g, g, 1000, ${at} from ${series}`,
    sql`insert into payout_batch (public_id, cycle_id, provider, state, started_by, checksum, total_items, created_at,
        completed_at) select 'pb_' || g, ${most}, 'paypal', 'completed', 'shop', '', 1, ${at}, ${at} from ${series}`,
    sql`insert into submission (public_id, batch_id, provider, currency, state, provider_key, item_count, total, created_at,
        first_sent_at, next_action_at, provider_batch_id, accepted_at, closed_at)
      select 'su_' || g, g, 'paypal', 'USD', 'accepted', 'key' || g, 1, 1000, ${at}, ${at}, ${at}, 'PB' || g, ${at}, ${at}
        from ${series}`,
    sql`insert into payout_attempt (payout_id, batch_id, submission_id, method_id, ordinal, position, item_reference, amount,
        currency, state, reason_code, live, created_at, state_at)
      select g, ${most}, g, g, 1, 0, 'ref' || g, 1000, 'USD', ${state}::attempt_state, ${reason},
        ${state} in ('completed', 'unclaimed'), ${at}, ${at} from ${series}`,
    sql`insert into alert (kind, subject, message, opened_at, last_at, closed_at)
      select 'kind', 'subject' || g, 'words', ${at}, ${at}, case when g > 20 then ${at} end from ${series}`,
    sql`insert into reconciliation_run (public_id, batch_id, started_at, finished_at)
      select 'rr_' || g, ${most}, ${at}, ${at} from ${series}`,
    sql`insert into discrepancy (run_id, kind, provider, detail, found_at) select g, 'kind', 'paypal', 'words', ${at}
      from ${series}`,
  ];
}

/** Nearly all is paid: a payee in a thousand rows has something by the clock, the first one too, and others in the first cycle. */
function unpaidRows() {
  const unpaid = sql`generate_series(1, 1000) as g`;
  return [
    sql`insert into balance (account, owner_id, currency, amount) select 'payee_available', 4 * g, 'USD', 6000 from ${unpaid}`,
    sql`insert into earning (source_type, external_id, payee_id, cycle_id, gross, fee, net, currency, available_at, created_at)
      select 'ticket', 't' || g || c, case when g = 1 then 1 else 4 * g end, nullif(c, 0), 6000, 0, 6000, 'USD',
        timestamptz '2026-11-01 12:00:00Z', timestamptz '2026-11-01 12:00:00Z' from ${unpaid} cross join generate_series(0, 1) as c`,
    sql`insert into earning_unpaid (id, payee_id, cycle_id, currency, net, available_at)
      select id, payee_id, cycle_id, currency, net, available_at from earning where source_type = 'ticket'`,
    sql`insert into float_reading (provider, currency, available, pending, as_of, read_at)
      values ('paypal', 'USD', 0, 0, timestamptz '2026-11-20 12:00:00Z', timestamptz '2026-11-20 12:00:00Z')`,
  ];
}

function otherRows({ series, at, most, isRare }: ReturnType<typeof partsOf>, count: number) {
  return [
    sql`insert into person (id, email, role, created_at, updated_at)
      select 'pe_' || g, 'u' || g || '@team.example', 'viewer', ${at}, ${at} from ${series}`,
    sql`insert into api_key (public_id, name, prefix, hash, role, created_at)
      select 'ak_' || g, 'key', 'pk_', 'hash' || g, 'viewer', ${at} from ${series}`,
    sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id, mac)
      select 'ae_' || g, ${at}, 'key', 'ak_' || ${most}, 'key', case when ${isRare} then 'key.created' else 'payee.changed' end,
        case when ${isRare} then 'key' else 'payee' end, 'py_' || ${most}, '' from ${series}`,
    sql`insert into request_log (at, method, route, status, ms, request_id, actor_kind, actor_id, replayed)
      select ${at}, 'GET', case when ${isRare} then '/api/admin/rare' else '/api/admin/payouts' end,
        case when ${isRare} then 500 else 200 end, 5, 'rq_' || g, 'key', 'ak_' || ${most}, false from ${series}`,
    sql`insert into audit_seal (seq, event_id, previous, hash) select g, g, 'hash' || g - 1, 'hash' || g from ${series}
      where g < ${sql.lit(count - 20)}`,
    sql`insert into cycle_lock (cycle_id, owner_id, owner_name, token, purpose, acquired_at, expires_at)
      select g, 'ak_1', 'key', 'token' || g, 'process', ${at}, ${at} + interval '15 minutes' from ${series}`,
    sql`insert into portal_link (payee_id, kind, token_hash, created_at, expires_at)
      select ${most}, 'made', 'link' || g, ${at}, ${at} + interval '10 minutes' from ${series}`,
    sql`insert into portal_link_hand (link_id, kind, id, name, how)
      select id, 'key', 'ak_1', 'Platform', 'made' from portal_link`,
    sql`insert into portal_session (public_id, payee_id, link_id, token_hash, created_at, last_seen_at, expires_at)
      select 'ss_' || g, ${most}, g, 'session' || g, ${at}, ${at}, ${at} + interval '1 day' from ${series}`,
    sql`insert into payee_schedule (payee_id, frequency, updated_at) select g, 'weekly', ${at} from ${series}`,
    sql`insert into payee_schedule_amount (payee_id, currency, minimum) select g, 'USD', 5000 from ${series}`,
    sql`insert into schedule_run (due_at, kind, cron, zone, frequencies, started_at, finished_at)
      select ${at}, 'run', '0 17 * * 5', 'UTC', '{weekly}', ${at}, ${at} from ${series}`,
    sql`insert into provider_event (provider, event_id, type, provider_key, sealed, received_at, next_try_at, processed_at)
      select 'paypal', 'WH-' || g, 'PAYMENT', 'key' || g, '\\x00', ${at}, ${at}, case when g > 20 then ${at} end from ${series}`,
    sql`insert into provider_account (public_id, provider, fingerprint, due_at)
      select 'pa_' || g, 'paypal', 'print' || g, ${at} from ${series}`,
    sql`insert into legacy_import (public_id, name, cycle_id, started_by, created_at)
      select 'li_' || g, 'report', ${most}, 'shop', ${at} from ${series}`,
    sql`insert into legacy_tally (import_id, result, currency, rows, amount) select g, 'matched', 'USD', 1, 1000 from ${series}`,
    sql`insert into legacy_row (public_id, import_id, line, result, reason, row_key, reference, receiver, raw_status, state, amount,
        currency, created_at) select 'lr_' || g, ${most}, g, case when ${isRare} then 'ambiguous' else 'already_imported' end,
        'same_payment', 'key' || g, 'ref' || g, 'u***@example.com', 'SUCCESS', 'completed', 1000, 'USD', ${at} from ${series}`,
    sql`insert into import_left_out (public_id, cycle_id, fingerprint, file_name, source_type, shape, header, columns, row_count,
        left_out_count, actor_kind, actor_id, actor_name, created_at)
      select 'lo_' || g, ${most}, 'print' || g, 'winners.csv', 'winner', 'purser', '["reference"]', '{"reference": 0}', 2, 1,
        'key', 'ak_1', 'key', ${at} from ${series}`,
    sql`insert into import_left_out_row (import_id, line, reference, cells, issues)
      select ${most}, g, 'sel' || g, '["x"]', '[]' from ${series}`,
    // Approved payouts to a bank, each in an export of its own.
    sql`update payout_method set type = 'bank' where id % 100 = 3`,
    sql`update payout set state = 'approved', method_id = id, completed_at = null where id % 50 = 3`,
    sql`insert into hand_transfer_export (public_id, method, actor_kind, actor_id, actor_name, transfer_count, exported_at)
      select 'he_' || g, 'bank', 'key', 'ak_1', 'key', 1, ${at} from ${series} where g % 50 = 3`,
    sql`insert into hand_transfer (export_id, payout_id, method_id, amount, currency)
      select row_number() over (), g, g, 1000, 'USD' from ${series} where g % 50 = 3`,
    sql`insert into mail (public_id, kind, address, subject, created_at, sent_at, next_try_at)
      select 'ml_' || g, 'portal_link', 'user' || g || '@example.com', 'words', ${at}, ${at}, ${at} from ${series}`,
  ];
}
