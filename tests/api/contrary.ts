import { sql } from 'kysely';
import { all } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { request, sell } from './tickets.ts';

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
      sql<{
        kind: string;
        subject: string;
      }>`select kind, subject from alert where closed_at is null order by id`,
    );
  return { post, see, process, approve, approved, alerts };
}
