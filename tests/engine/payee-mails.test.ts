import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { markPaid, unpay } from '../../src/actions/by-hand.ts';
import { recordItems } from '../../src/actions/outcomes.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import type { ItemStatus } from '../../src/core/attempt.ts';
import { payeeMails } from '../../src/core/settings.ts';
import { runRound } from '../../src/engine/service.ts';
import { all, one } from '../../src/store/db.ts';
import { createMailer } from '../../src/notify/smtp.ts';
import { takeLease } from '../../src/store/submissions.ts';
import { settingsPatch } from '../../src/wire/settings.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { startSmtp } from '../support/smtp-server.ts';
import { ModelProvider } from '../support/model-provider.ts';
import { makeWorld, seedCycle, startOfTime, type World, winners } from '../support/world.ts';
import { differences, everything, payOk, stage, states, workUntilRest } from './harness.ts';

const minuteMs = 60_000;
const atFive = 'Fri 20 Nov 2026, 12:05 UTC';

interface Mail {
  to: string;
  kind: string;
  subject: string;
  text: string;
  html: string;
}

async function mails(world: World): Promise<Mail[]> {
  return all(
    world.db,
    sql<Mail>`select address as "to", kind, subject, body_text as text, body_html as html from mail order by id`,
  );
}
const toldTo = async (world: World, user: string) =>
  (await mails(world)).filter(({ to }) => to.startsWith(user)).map(({ kind }) => kind);
const publicId = async (world: World, user: string) =>
  (
    await one(
      world.db,
      sql<{ id: string }>`select p.public_id as id from payout p join payee y on y.id = p.payee_id
        where y.external_id = ${user}`,
    )
  )?.id ?? '';

/** What the provider says of the item of a payee's attempt, as any reader hands it on. */
async function report(world: World, user: string, status: ItemStatus): Promise<void> {
  const row = await one(
    world.db,
    sql<{ id: bigint; reference: string }>`select a.submission_id as id, a.item_reference as reference
      from payout_attempt a join payout p on p.id = a.payout_id join payee y on y.id = p.payee_id
      where y.external_id = ${user}`,
  );
  const leased = await takeLease(world.db, row?.id ?? 0n, { owner: 'test', leaseMs: 1000 }, world.now());
  if (!row || !leased) throw new Error('no such submission');
  const said = { itemReference: row.reference, providerItemId: 'I-1', raw: status.toUpperCase(), status };
  const rest = { amount: 1000n, currency: 'USD', fee: null, transactionId: null, reason: null };
  await recordItems(world, leased, [{ ...said, ...rest }], 'test');
  world.advance(1001);
}

it('tells payees that their payout started, was paid, failed for good and came back, each once, and names no method', async () => {
  const { world } = await stage(
    winners(4, (index) => (index === 1 ? { email: 'user1+failed@example.com' } : {})),
  );
  await sql`update payee set email = case external_id when 'user2' then null else 'two@example.com, x' end
    where external_id in ('user2', 'user3')`.execute(world.db);
  await changeSettings(world, { payeeMails: [...payeeMails] });
  await payOk(world);
  await workUntilRest(world);
  await workUntilRest(world);
  expect(await states(world)).toEqual(['completed', 'failed', 'completed', 'completed']);
  expect(await toldTo(world, 'user0')).toEqual(['payout_started', 'payout_completed']);
  expect(await toldTo(world, 'user1')).toEqual(['payout_started', 'payout_failed']);
  expect(await mails(world)).toHaveLength(4);
  for (const _ of [1, 2]) await report(world, 'user0', 'completed');
  for (const _ of [1, 2]) await report(world, 'user0', 'returned');
  await report(world, 'user0', 'completed');
  expect(await toldTo(world, 'user0')).toEqual(['payout_started', 'payout_completed', 'payout_returned']);
  const payoutId = await publicId(world, 'user1');
  for (const reference of ['R-1', 'R-2']) {
    expect(await markPaid(world, { payoutId, reference, notes: null })).toMatchObject({ ok: true });
    expect(await unpay(world, { payoutId, reason: 'wrong account' })).toMatchObject({ ok: true });
  }
  const twice = ['payout_completed', 'payout_returned', 'payout_completed', 'payout_returned'];
  expect(await toldTo(world, 'user1')).toEqual(['payout_started', 'payout_failed', ...twice]);
  const all = await mails(world);
  const said = (kind: string) => all.find((mail) => mail.kind === kind);
  expect(said('payout_started')?.subject).toBe('Your payout of 10.00 USD is on its way');
  expect(said('payout_completed')?.text).toContain('your payout of 10.00 USD was paid');
  expect(said('payout_failed')?.text).toMatch(
    /could not be paid[^]*account is limited[^]*you can be paid there again/,
  );
  expect(said('payout_returned')?.subject).toContain('came back');
  expect(said('payout_returned')?.text).toContain('the money is not lost');
  for (const { text, html } of all) expect(text + html).not.toMatch(/@|wrong account|R-1/);
  const addressed = all.filter(({ text }) => text.includes(payoutId));
  expect(new Set(addressed.map(({ to }) => to))).toEqual(new Set(['user1+failed@example.com']));
  expect(JSON.stringify(world.logged)).not.toContain('example.com');
  expect(await differences(world)).toEqual([]);
});

it('writes to each payee in the language and zone they chose, as the mail server gets it', async () => {
  const { world, faults } = await stage(winners(3, () => ({ amount: 123_450n })));
  for (const [user, language] of [
    ['user1', 'fr'],
    ['user2', 'ht'],
  ])
    await sql`update payee set language = ${language}, timezone = 'America/Port-au-Prince' where external_id = ${user}`.execute(
      world.db,
    );
  await changeSettings(world, { payeeMails: ['started', 'retrying'] });
  faults.on('send', 'insufficient_funds');
  await payOk(world);
  await using smtp = await startSmtp();
  const mailer = createMailer({ url: smtp.url, from: 'Purser <payouts@pay.example.com>' });
  await runRound(world, everything);
  const said = (await mails(world)).filter(({ kind }) => kind === 'payout_retrying');
  expect(said.map(({ subject }) => subject)).toEqual([
    'Your payout of 1,234.50 USD is delayed',
    'Votre versement de 1\u202F234,50 USD est retardé',
    'Peman 1\u202F234,50 USD ou a an reta',
  ]);
  expect(said[1]?.text).toMatch(
    /^Bonjour user1,[^]*n’est pas encore passé[^]*le ven. 20 nov. 2026, 07:05 UTC−5\./,
  );
  expect(said[2]?.text).toContain('Y ap eseye ankò vandredi 20 novanm 2026, 07:05 UTC−5.');
  for (const { text, html } of said.slice(1)) expect(text + html).not.toMatch(/Hello|payout of| the /);
  for (const _ of [1, 2]) await runRound({ ...world, mailer }, everything);
  expect(smtp.received).toHaveLength(6);
  const arrived = smtp.received.filter(({ to }) => to[0] === 'user1@example.com').map(({ data }) => data);
  for (const data of arrived) {
    expect(data).toContain('lang=3D"fr"');
    expect(data).toMatch(/^Subject: =\?UTF-8\?/im);
    expect(data.match(/charset=utf-8/g)?.length).toBeGreaterThanOrEqual(2);
  }
  expect(JSON.stringify(world.logged)).not.toMatch(/versement|example\.com/);
});

it('tells of each retry and its time, of the start once, and of the failure once no retry follows', async () => {
  const { world, faults } = await stage(winners(1));
  await changeSettings(world, { payeeMails: ['started', 'retrying', 'completed', 'failed'] });
  faults.on('send', 'refused_connection', 'insufficient_funds', 'insufficient_funds');
  await payOk(world);
  await runRound(world, everything);
  world.advance(minuteMs);
  await runRound(world, everything);
  expect(await toldTo(world, 'user0')).toEqual(['payout_started', 'payout_retrying']);
  expect((await mails(world))[1]?.text).toContain('The next try is on Fri 20 Nov 2026, 12:06 UTC.');
  world.advance(5 * minuteMs);
  for (const _ of [1, 2]) await runRound(world, everything);
  expect(await toldTo(world, 'user0')).toEqual(['payout_started', 'payout_retrying', 'payout_retrying']);
  const again = await stage(winners(1));
  await changeSettings(again.world, { payeeMails: ['retrying', 'failed'] });
  again.faults.always.send = 'insufficient_funds';
  await payOk(again.world);
  for (const minutes of [0, 5, 10, 30, 60, 120]) {
    again.world.advance(minutes * minuteMs);
    for (const _ of [1, 2]) await runRound(again.world, everything);
  }
  const kinds = await toldTo(again.world, 'user0');
  expect(kinds).toEqual([...Array<string>(5).fill('payout_retrying'), 'payout_failed']);
  expect((await mails(again.world))[0]?.text).toContain(atFive);
  expect((await mails(again.world))[5]?.text).not.toContain('next try');
});

it('tells only of what came back until the team says otherwise, as whoever was told of a payment must hear that it is gone', async () => {
  const { world } = await stage(winners(1, () => ({ email: 'user0+failed@example.com' })));
  await payOk(world);
  await workUntilRest(world);
  const payoutId = await publicId(world, 'user0');
  await markPaid(world, { payoutId, reference: 'R-1', notes: null });
  expect(await toldTo(world, 'user0')).toEqual([]);
  await unpay(world, { payoutId, reason: 'the bank sent it back' });
  expect(await toldTo(world, 'user0')).toEqual(['payout_returned']);
});

it('writes no mail of a run until the team asks for it, and only those it asks for', async () => {
  const { world } = await stage(winners(2, (index) => ({ email: `user${index}+failed@example.com` })));
  await payOk(world);
  await workUntilRest(world);
  expect(await mails(world)).toEqual([]);
  const { payeeMails: kept } = await changeSettings(world, {
    payeeMails: ['returned', 'completed', 'returned'],
  });
  expect(kept).toEqual(['completed', 'returned']);
  const changed = await one(
    world.db,
    sql<{
      event: string;
      after: string;
    }>`select event, after::text from audit_event order by id desc limit 1`,
  );
  expect(changed?.event).toBe('settings.changed');
  expect(changed?.after).toMatch(/"payeeMails": ?\["completed", ?"returned"\]/);
  expect(settingsPatch.safeParse({ payeeMails: ['paid'] }).success).toBe(false);
  expect(settingsPatch.safeParse({ payeeMails: [] }).success).toBe(true);
  const payoutId = await publicId(world, 'user0');
  await markPaid(world, { payoutId, reference: 'R-1', notes: null });
  expect(await toldTo(world, 'user')).toEqual(['payout_completed']);
});

it('queues the mails of a thousand payouts in a handful of statements', async () => {
  const shared = await SharedDatabase.open();
  const statementsOf = async (wanted: typeof payeeMails | readonly [], people: number) => {
    await shared.reset();
    let statements = 0;
    const clock = { ms: startOfTime };
    const model = new ModelProvider(undefined, () => clock.ms);
    Object.assign(model, { pageSize: people });
    Object.assign(model.capabilities, { itemsPerSubmissionMax: people });
    const db = shared.connect({ point: () => undefined, alive: () => void (statements += 1) });
    const world = await makeWorld({ db, provider: model, clock });
    await seedCycle(world, '18', winners(people));
    await changeSettings(world, { payeeMails: wanted, autoRetry: false });
    await payOk(world);
    statements = 0;
    await workUntilRest(world);
    const used = statements;
    expect(new Set(await states(world))).toEqual(new Set(['completed']));
    return { used, kinds: Map.groupBy(await mails(world), ({ kind }) => kind) };
  };
  const silent = await statementsOf([], 10);
  expect(silent.kinds.size).toBe(0);
  const told = await statementsOf(payeeMails, 1000);
  for (const kind of ['payout_started', 'payout_completed']) {
    const queued = told.kinds.get(kind) ?? [];
    expect(new Set(queued.map(({ to }) => to)).size).toBe(1000);
    expect(queued).toHaveLength(1000);
  }
  // For each of the two events: the addresses, and one write. How many are paid makes no difference.
  expect(told.used - silent.used).toBe(4);
  await shared.close();
}, 30_000);
