import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { markPaid } from '../../src/actions/by-hand.ts';
import { recordEarnings } from '../../src/actions/earnings.ts';
import { enterRates } from '../../src/actions/fx-rates.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import { parseRate } from '../../src/core/conversion.ts';
import type { Db } from '../../src/store/db.ts';
import { errorCode, transaction } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { testVault } from '../support/vault.ts';
import { onBoth } from './engines.ts';
import type { StagedWorld } from './stage.ts';
import { stageOn } from './stage.ts';

const first = (table: string, where = 'true') => `ctid = (select ctid from ${table} where ${where} limit 1)`;
const set = (table: string, change: string, where = 'true') =>
  `update ${table} set ${change} where ${first(table, where)}`;
const converted = 'source_currency is not null';

/** Single rows changed by somebody who can do anything in the database. */
const corruptions: Readonly<Record<string, string>> = {
  'a rate was another one': set('fx_rate', 'mantissa = mantissa + 1'),
  'a rate had its point elsewhere': set('fx_rate', 'scale = scale + 1'),
  'a rate was of another source': set('fx_rate', `source = 'a friend'`),
  'a rate was of another time': set('fx_rate', `valid_at = valid_at - interval '1 second'`),
  'a rate was of another pair': set('fx_rate', `quote = 'EUR'`),
  'a rate was never entered': `delete from fx_rate where ${first('fx_rate')}`,
  'a kept rate is another one': set('payout_conversion', 'mantissa = mantissa + 1'),
  'a kept source is another one': set('payout_conversion', `rate_source = 'a friend'`),
  'a kept time is another one': set('payout_conversion', `rate_at = now()`),
  'a kept amount is higher': set('payout_conversion', 'amount = amount + 1'),
  'a kept spread is lower': set('payout_conversion', 'spread_amount = spread_amount - 1'),
  'a kept spread rule is another one': set('payout_conversion', 'spread_bps = 0'),
  'a kept step is another one': set('payout_conversion', 'step = 100'),
  'kept decimals are others': set('payout_conversion', 'exponent = 3'),
  'a conversion was never kept': `delete from payout_conversion where ${first('payout_conversion')}`,
  'a converted payout pays more': set('payout', 'amount = amount + 1', converted),
  'a converted payout pays another currency': set('payout', `currency = 'EUR'`, converted),
  'a converted payout took less from the balance': set(
    'payout',
    'source_amount = source_amount - 1',
    converted,
  ),
  'a converted payout took another currency': set('payout', `source_currency = 'EUR'`, converted),
  'a converted payout left less to the platform': set(
    'payout',
    'spread_amount = spread_amount - 1',
    converted,
  ),
  'a payout never was converted': set(
    'payout',
    'source_currency = null, source_amount = null, spread_amount = null',
    converted,
  ),
  'the platform keeps it elsewhere': set('entry', `account = 'fx_clearing'`, `account = 'fx_spread'`),
  'a clearing account has an owner': set('entry', 'owner_id = 5', `account = 'fx_clearing'`),
  'a leg is of another currency': set('entry', `currency = 'EUR'`, `account = 'fx_clearing'`),
  'a leg is of another account': set('entry', `account = 'platform_costs'`, `account = 'fx_clearing'`),
};

/** A payee with gourdes: one payout in dollars is paid by hand, another one waits. */
async function life(world: StagedWorld): Promise<void> {
  const rate = parseRate('0.0075');
  if (!rate) throw new Error('no rate');
  const at = new Date(world.clock.ms);
  await enterRates(world, [{ from: 'HTG', to: 'USD', rate, at, source: 'BRH' }]);
  await changeSettings(world, { fxSpreadBps: 150 });
  const earn = (payee: string) => ({
    sourceType: 'ticket',
    externalId: payee,
    payeeExternalId: payee,
    cycleId: null,
    gross: 660_000n,
    feeBps: 0,
    currency: 'HTG',
    note: null,
    availableAt: null,
    payee: { name: payee, email: null, method: { type: 'bank', kind: 'bank_account', destination: payee } },
  });
  await recordEarnings(world, [earn('ana'), earn('ben')]);
  const [paid] = [await ask(world, 'ana'), await ask(world, 'ben')];
  const approver = { ...world, actor: { ...world.actor, kind: 'person' as const, id: 'pe_1' } };
  await approvePayouts(approver, { payoutIds: [paid], approvalHash: null });
  await markPaid(approver, { payoutId: paid, reference: 'R-1', notes: null });
}

async function ask(world: StagedWorld, payee: string): Promise<string> {
  const asked = await requestPayout(world, { payee, currency: 'HTG', payoutCurrency: 'USD' });
  if (!asked.ok) throw new Error(asked.message);
  return asked.value.payoutId;
}

class UndoError extends Error {}

async function isFound(db: Db, statement: string): Promise<boolean> {
  let found = false;
  await transaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['fx_rate', 'payout_conversion', 'entry'])
      await sql.raw(`alter table ${table} disable trigger all`).execute(tx);
    const { numAffectedRows } = await sql.raw(statement).execute(tx);
    if (numAffectedRows !== 1n) throw new Error(`${statement} touched ${numAffectedRows} rows`);
    found = (await verify(tx, await testVault(tx))).differences.length > 0;
    throw new UndoError();
  }).catch((error: unknown) => {
    if (!(error instanceof UndoError)) throw error;
  });
  return found;
}

async function refused(db: Db, statement: string): Promise<string | null> {
  return db
    .transaction()
    .execute(async (tx) => sql.raw(statement).execute(tx))
    .then(() => null)
    .catch((error: unknown) => errorCode(error));
}

onBoth((engine) => {
  it('finds every rate, kept number and leg of a conversion that somebody changed, and nothing where nobody did', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await life(await stageOn(db, []));
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
    const missed: string[] = [];
    for (const [what, statement] of Object.entries(corruptions))
      if (!(await isFound(db, statement))) missed.push(what);
    expect(missed).toEqual([]);
  });

  it('keeps rates and conversions as they were, and one request in flight per balance', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await life(await stageOn(db, []));
    for (const table of ['fx_rate', 'payout_conversion']) {
      expect(await refused(db, `update ${table} set scale = 0`)).toBe('P0001');
      expect(await refused(db, `delete from ${table}`)).toBe('P0001');
      expect(await refused(db, `truncate ${table}`)).toBe('P0001');
    }
    const request = (
      source: string,
      currency: string,
    ) => `insert into payout (public_id, kind, payee_id, amount, currency,
        state, method_id, requested_by_kind, requested_by_id, requested_by_name, expires_at, created_at, state_at,
        source_currency, source_amount, spread_amount)
      select 'po_' || random(), 'request', payee_id, 5, '${currency}', state, method_id, 'payee', 'py', 'Ana', expires_at,
        created_at, state_at, ${source === '' ? 'null, null, null' : `'${source}', 5, 0`}
      from payout where state = 'pending_approval' limit 1`;
    expect(await refused(db, request('HTG', 'EUR'))).toBe('23505');
    expect(await refused(db, request('', 'HTG'))).toBe('23505');
    expect(await refused(db, request('', 'USD'))).toBeNull();
    expect(await refused(db, request('EUR', 'EUR'))).toBe('23514');
  });
});
