import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealPage } from '../../src/actions/audit-seal.ts';
import { recordRefusal } from '../../src/actions/refusals.ts';
import { stranger } from '../../src/api/refusals.ts';
import { runCommand } from '../../src/cli/command.ts';
import { audit as command } from '../../src/cli/audit.ts';
import { httpClient } from '../../src/cli/client.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

const path = '/api/admin/audit-events';
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Event = Record<string, unknown> & { id: string; after: Record<string, unknown> };

async function events(query = ''): Promise<Event[]> {
  const got = await house.ask('GET', `${path}?limit=500&${query}`);
  expect(got.status, got.text).toBe(200);
  return got.body.data as unknown as Event[];
}

const method = (destination: string) => ({ type: 'paypal', destination });

describe('what is told of a payee', () => {
  it('is what changed, before and after, with every address masked', async () => {
    const { body } = await house.ask('POST', '/api/admin/payees', {
      externalId: 'jane',
      name: 'Jane',
      email: 'jane.first@example.com',
      payoutMethod: method('jane.first@example.com'),
    });
    await house.ask('PATCH', '/api/admin/payees/jane', { payoutMethod: method('jane.second@example.com') });
    await house.ask('PATCH', '/api/admin/payees/jane', { status: 'blocked' });
    const about = await events(`subjectId=${String(body['id'])}`);
    expect(about.map((event) => event['event'])).toEqual([
      'payee.blocked',
      'payee.changed',
      'payee.told_of_change',
      'payee.created',
    ]);
    expect(about[0]).toMatchObject({ before: { status: 'active' }, after: { status: 'blocked' } });
    expect(about[1]).toMatchObject({
      before: { payoutMethod: 'paypal j***@example.com' },
      after: { payoutMethod: 'paypal j***@example.com', changed: ['payoutMethod'] },
    });
    expect(about.map(({ subject }) => subject)).toMatchObject(
      about.map(() => ({ type: 'payee', name: 'Jane' })),
    );
    expect(about[3]).toMatchObject({ before: null, after: { name: 'Jane', email: 'j***@example.com' } });
  });

  it('is one event for a set, and one for each whose payout method changed, by file or with an earning', async () => {
    const set = (at: string) => ['a', 'b', 'c'].map((id) => ({ externalId: id, payoutMethod: method(at) }));
    const bulk = (payees: unknown[]) => house.ask('POST', '/api/admin/payees/bulk', { payees });
    await bulk(set('first@example.com'));
    expect((await events('event=payees.recorded'))[0]?.after).toMatchObject({
      created: 3,
      methodsChanged: 0,
    });
    const [one, ...others] = set('first@example.com');
    await bulk([...others, { ...one, payoutMethod: method('thief@example.com') }]);
    const [set2] = await events('event=payees.recorded');
    expect(set2?.after).toEqual({ created: 0, updated: 1, unchanged: 2, methodsChanged: 1 });
    const changed = await events('event=payee.changed');
    expect(changed[0]).toMatchObject({ after: { payoutMethod: 'paypal t***@example.com' } });
    await house.ask('POST', '/api/admin/cycles', { id: 'e' });
    const payee = { payoutMethod: method('mallory@example.com') };
    const earning = winner('e', 1, { payeeExternalId: 'b', payee });
    await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
    const [latest] = await events('event=payee.changed');
    expect(latest).toMatchObject({ after: { payoutMethod: 'paypal m***@example.com' } });
    const [recorded] = await events('event=earnings.recorded');
    expect(recorded).toMatchObject({
      subject: { type: 'cycle', id: 'e', name: 'Cycle e' },
      after: {
        created: 1,
        unchanged: 0,
        conflict: 0,
        invalid: 0,
        totals: { USD: '1000' },
        methodsChanged: 1,
      },
    });
  });

  it('never holds a whole address or a whole key', async () => {
    const { body } = await house.ask('POST', '/api/admin/api-keys', { name: 'k', role: 'viewer' });
    const { rows } = await sql<{ row: string }>`select e::text as row from audit_event e`.execute(house.db);
    const all = rows.map(({ row }) => row).join('\n');
    expect(all).toContain(String(body['prefix']));
    for (const secret of [String(body['key']), 'jane.first@', 'thief@', 'mallory@', 'first@']) {
      expect(all).not.toContain(secret);
    }
  });
});

describe('batch.completed', () => {
  it('is told once, by the system', async () => {
    await seed(house, 'done', [winner('done', 1), winner('done', 2)]);
    const batch = await start(house, 'done');
    await settle(house);
    const about = await events(`subject=batch&subjectId=${batch}`);
    expect(about.map((event) => event['event'])).toEqual(['batch.completed', 'batch.started']);
    expect(about[0]).toMatchObject({ actor: { kind: 'system' }, ip: null, requestId: null });
    expect(about[1]?.after).toMatchObject({ cycleId: 'done', totalItems: 2, totalChunks: 1 });
  });
});

describe('a refused call', () => {
  it('is on record once per caller, route and minute, however often it comes', async () => {
    const other = await openHouse();
    const refused = async () => (await other.ask('GET', `${path}?event=access.refused`)).body.data;
    const knock = (key: string | null) => other.ask('POST', '/api/admin/cycles', {}, { key });
    for (let times = 0; times < 5; times += 1) await knock('pk_wrong');
    for (let times = 0; times < 5; times += 1) await knock(other.keys.viewer);
    expect(await refused()).toMatchObject([
      { actor: { kind: 'key', name: 'viewer key' }, after: { status: 403, code: 'forbidden' } },
      {
        actor: { kind: 'stranger' },
        ip: '127.0.0.1',
        subject: { type: 'route', id: 'POST /api/admin/cycles' },
        after: { status: 401, code: 'unauthorized' },
      },
    ]);
    await other.ask('GET', '/api/admin/status', undefined, { key: null });
    expect(await refused()).toHaveLength(3);
    other.clock.ms += 60_000;
    await knock(null);
    expect(await refused()).toHaveLength(4);
    await other.close();
  });

  it('is on record once when several servers refuse it, and a flood from many addresses is cut off', async () => {
    const call = { route: 'GET /api/admin/alerts', status: 401, code: 'unauthorized' };
    const from = (ip: string) => ({
      ...house.deps,
      actor: stranger({ ip, userAgent: null, requestId: null }),
    });
    for (let server = 0; server < 3; server += 1) await recordRefusal(from('10.1.1.1'), call);
    const about = () => events(`event=access.refused&subjectId=${encodeURIComponent(call.route)}`);
    expect(await about()).toHaveLength(1);
    for (let last = 0; last < 320; last += 1)
      await recordRefusal(from(`10.2.${last >> 8}.${last & 255}`), call);
    expect((await about()).length).toBeLessThanOrEqual(300);
    house.clock.ms += 3_600_000;
    await recordRefusal(from('10.1.1.1'), call);
    const { rows } = await sql`select from audit_refusal`.execute(house.db);
    expect(rows).toHaveLength(1);
  });
});

describe('GET /audit-events', () => {
  it('filters by who, what, subject and time, and by all of them at once', async () => {
    house.clock.ms += 3_600_000;
    const now = new Date(house.clock.ms).toISOString();
    await house.ask('POST', '/api/admin/cycles', { id: 'later' }, { key: house.keys.operator });
    const [later] = await events('subject=cycle&subjectId=later');
    const actor = later?.['actor'] as { id: string };
    expect(await events(`actor=${actor.id}`)).toEqual([later]);
    expect(await events(`from=${now}`)).toEqual([later]);
    expect(await events(`from=${now}&to=${now}`)).toEqual([]);
    expect((await events(`to=${now}`)).some((event) => event.id === later?.id)).toBe(false);
    const query = `actor=${actor.id}&event=cycle.created&subject=cycle&subjectId=later&from=${now}`;
    expect(await events(query)).toEqual([later]);
    expect(await events('event=cycle.opened')).toEqual([]);
  });

  it('pages newest first without leaving one out', async () => {
    const all = await events();
    const seen: unknown[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await house.ask('GET', `${path}?limit=7${cursor}`);
      seen.push(...body.data.map((event) => event['id']));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${body['nextCursor'] as string}`;
    }
    expect(seen).toEqual(all.map((event) => event.id));
    expect(all.length).toBeGreaterThan(14);
  });

  it.each(['actor=', 'from=yesterday', 'cursor=!', 'limit=0', 'event=%00'])('refuses %s', async (query) => {
    expect((await house.ask('GET', `${path}?${query}`)).status).toBe(422);
  });
});

describe('GET /audit-events/export.csv', () => {
  it('gives every event as CSV in which no cell is a formula', async () => {
    await house.ask('POST', '/api/admin/payees', payeeNamed('formula', '=HYPERLINK("http://x")'), {
      headers: { 'user-agent': '=cmd|calc' },
    });
    const got = await house.ask('GET', `${path}/export.csv?subject=payee`);
    expect(got.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = got.text.trim().split('\n');
    expect(lines).toHaveLength((await events('subject=payee')).length + 1);
    expect(got.text).toContain(`'=cmd|calc`);
    expect(got.text).not.toMatch(/(^|,)"?[=+@-]/m);
  });
});

const payeeNamed = (externalId: string, name: string) => ({ externalId, name });

describe('GET /audit/verify and purser audit', () => {
  const said = async (...args: string[]) => {
    const lines: string[] = [];
    const say = (text: string) => void lines.push(text);
    const io = {
      out: say,
      err: say,
      interactive: false,
      signal: new AbortController().signal,
      nowMs: () => house.clock.ms,
      ask: () => Promise.resolve(''),
      connect: () => Promise.resolve(httpClient(house.url, house.keys.owner)),
    };
    return { code: await runCommand(io, command, args), text: lines.join('\n') };
  };

  it('list who did what, and say what waits and where the chain ends', async () => {
    expect((await said('verify')).text).toMatch(/0 sealed events\.\n\d+ events wait for a seal/);
    while (await sealPage(house.deps));
    const { code, text } = await said('verify');
    expect(code).toBe(0);
    expect(text).toMatch(/^The audit trail is as it was written: \d+ sealed events\.\nHead, to note/);
    const [, head = ''] = /: (\d+:[0-9a-f]{64})$/.exec(text) ?? [];
    expect((await said('verify', '--head', head)).code).toBe(0);
    expect((await said('verify', '--head', `9${head}`)).text).toContain('it was cut off');
    expect((await said('verify', '--head', 'nonsense')).code).toBe(1);
    const listed = await said('--event', 'payee.blocked', '--subject', 'payee');
    expect(listed.text).toMatch(/payee\.blocked +payee py_\S+ {2}by person cli \(127\.0\.0\.1\) {2}\{/);
    const [sealed] = await events();
    expect(sealed?.['seal']).toMatchObject({ seq: expect.any(Number) });
  });

  it('name an event that was edited, and exit with 1', async () => {
    await sql`alter table audit_event disable trigger all`.execute(house.db);
    await sql`update audit_event set after = '{' where event = 'payee.blocked'`.execute(house.db);
    const { code, text } = await said('verify');
    expect(code).toBe(1);
    expect(text).toMatch(
      /^an event is as it was sealed: event ae_\S+: .*\n1 difference in \d+ sealed events/,
    );
    const [edited] = await events('event=payee.blocked');
    expect(edited).toMatchObject({ after: '{' });
  });
});
