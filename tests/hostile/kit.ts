import { sql } from 'kysely';
import { recordItems } from '../../src/actions/outcomes.ts';
import type { Recorded } from '../../src/actions/outcomes.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import { all } from '../../src/store/db.ts';
import { takeLease } from '../../src/store/submissions.ts';
import type { House } from '../api/support.ts';
import { request, sell } from '../api/tickets.ts';

export function tools(house: () => House) {
  const post = async (what: string, body: unknown, key = house().keys.owner) =>
    house().ask('POST', `/api/admin/payouts/${what}`, body, { key });
  const see = async (id: string) => (await house().ask('GET', `/api/admin/payouts/${id}`)).body;
  const process = async (body: unknown = {}) =>
    house().ask('POST', '/api/admin/payout-batches/process-approved', body);
  const asked = async (payee: string, type = 'paypal'): Promise<string> => {
    const payoutMethod = { type, destination: type === 'moncash' ? '+50937123456' : `${payee}@example.com` };
    await sell(house(), payee, 6, { payee: { name: payee, payoutMethod } });
    return request(house(), payee);
  };
  const approve = async (id: string) => post('approve', { payoutIds: [id] }, house().keys.approver);
  const approved = async (payee: string, type = 'paypal'): Promise<string> => {
    const id = await asked(payee, type);
    await approve(id);
    return id;
  };
  const alerts = async () =>
    all(
      house().db,
      sql<{ kind: string; subject: string }>`select kind, subject from alert where closed_at is null order by id`,
    );
  /** What the provider says of an attempt of a payout, as the poll of its submission hands it on. */
  const says = async (payoutId: string, ordinal: number, status: ItemStatus, fee: bigint | null = null): Promise<Recorded> => {
    const { db, deps } = house();
    const [row] = await all(
      db,
      sql<{ id: bigint; reference: string; amount: bigint; currency: string }>`select s.id, a.item_reference as reference,
        a.amount, a.currency from payout_attempt a join submission s on s.id = a.submission_id
        join payout p on p.id = a.payout_id where p.public_id = ${payoutId} and a.ordinal = ${ordinal}`,
    );
    if (!row) throw new Error('no such attempt');
    const leased = await takeLease(db, row.id, { owner: 'hostile', leaseMs: 1000, limit: 1, batchId: null } as never, deps.now());
    if (!leased) throw new Error('not leased');
    return recordItems(
      deps,
      leased,
      [
        {
          itemReference: row.reference,
          providerItemId: `I-${row.reference}`,
          raw: status.toUpperCase(),
          status,
          amount: row.amount,
          currency: row.currency,
          fee,
          transactionId: null,
          reason: null,
        },
      ],
      'paypal',
    );
  };
  return { post, see, process, asked, approve, approved, alerts, says };
}
