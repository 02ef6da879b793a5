import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarningFact, Known, Verdict } from '../../src/core/legacy-match.ts';
import { matchRow } from '../../src/core/legacy-match.ts';
import { readReference } from '../../src/core/legacy-reference.ts';
import type { LegacyCells } from '../../src/core/legacy-row.ts';
import { dateOf, readLegacyRow } from '../../src/core/legacy-row.ts';

const readings = (text: string) =>
  readReference(text).readings.map(({ selectionId, userId, email }) =>
    email === null ? `${selectionId ?? ''}/${userId ?? ''}` : email,
  );

describe('an item reference of an earlier system', () => {
  it.each([
    ['winner-12-34', ['12/34', '12-34/']],
    ['winner-12-34-a2', ['12/34', '12-34/', '12/34-a2', '12-34/a2', '12-34-a2/']],
    ['winner_12_34', ['12/34', '12_34/']],
    ['12-34', ['12/34', '34/12', '12-34/', '/12-34']],
    [' 4711 ', ['4711/', '/4711']],
    ['user_99', ['/99', 'user/99', 'user_99/', '/user_99']],
    ['Ann@Example.com', ['ann@example.com']],
  ])('%s may mean %j', (text, expected) => {
    expect(readings(text)).toEqual(expected);
  });

  it('says what it could not read', () => {
    expect(readReference('').problem).toBe('missing');
    expect(readReference('what is this?').problem).toBe('unreadable');
    expect(readReference('x'.repeat(201)).problem).toBe('too_long');
  });

  it('is read without throwing, whatever it is, and in few ways', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const read = readReference(text);
        expect(read.readings.length === 0).toBe(read.problem !== null);
        expect(read.readings.length).toBeLessThan(24);
      }),
    );
  });
});

const cells = (more: Partial<LegacyCells>): LegacyCells => ({
  batchId: '',
  itemId: '',
  transactionId: '',
  reference: '',
  receiver: '',
  status: 'SUCCESS',
  amount: '10.00',
  currency: 'USD',
  fee: '',
  date: '',
  ...more,
});

describe('the cells of a payout report', () => {
  it.each([
    ['1,234.50', 'USD', 123_450n],
    ['-25.00', 'USD', 2500n],
    ['500.00', 'JPY', 500n],
    ['1.500', 'KWD', 1500n],
    ['25,00', 'USD', null],
    ['1,250', 'USD', null],
    ['0.00', 'USD', null],
    ['1.005', 'USD', null],
  ])('an amount of %s %s is %s', (amount, currency, expected) => {
    expect(readLegacyRow(cells({ amount, currency })).amount).toBe(expected);
  });

  it.each([
    ['Success', 'completed'],
    ['UNCLAIMED', 'unclaimed'],
    ['On Hold', 'held'],
    ['ONHOLD', 'held'],
    ['pending', 'sent'],
    ['FAILED', 'failed'],
    ['BLOCKED', 'failed'],
    ['RETURNED', 'returned'],
    ['Refunded', 'returned'],
    ['REVERSED', 'returned'],
    ['toString', null],
  ])('a status of %s is %s', (status, expected) => {
    expect(readLegacyRow(cells({ status })).state).toBe(expected);
  });

  it.each([
    ['2026-10-01', '2026-10-01T00:00:00.000Z'],
    ['2026-10-01T17:04:05Z', '2026-10-01T17:04:05.000Z'],
    ['2026-10-01 17:04:05+0200', '2026-10-01T15:04:05.000Z'],
    ['11/21/2026', '2026-11-21T00:00:00.000Z'],
    ['21.11.2026 5:04 PM', '2026-11-21T17:04:00.000Z'],
    ['Nov 2, 2026', '2026-11-02T00:00:00.000Z'],
    ['2 Nov 2026', '2026-11-02T00:00:00.000Z'],
    ['04/05/2026', undefined],
    ['2026-02-31', undefined],
    ['2026-10-01 29:99', undefined],
    ['yesterday', undefined],
  ])('a date of %s is %s', (text, expected) => {
    expect(dateOf(text)?.toISOString()).toBe(expected);
  });
});

describe('whom a row paid', () => {
  const earning = (
    id: number,
    name: string,
    owner: number,
    more: Partial<EarningFact> = {},
  ): EarningFact => ({
    id: BigInt(id),
    externalId: name,
    payeeId: BigInt(owner),
    payeeExternalId: `u${owner}`,
    cycleId: 1n,
    net: 1000n,
    currency: 'USD',
    pending: false,
    reversed: false,
    livePayout: null,
    liveState: null,
    ...more,
  });
  const all = [
    earning(1, 's1', 1),
    earning(2, 's2', 2),
    earning(3, 's3', 2),
    earning(4, '12', 4),
    earning(5, '34', 5),
  ];
  const payee = (id: number) => ({ id: BigInt(id), externalId: `u${id}` });
  const known: Known = {
    earnings: Map.groupBy(all, (one) => one.externalId),
    payees: new Map([
      ...[1, 2, 3].map((id) => [`u${id}`, payee(id)] as const),
      ['s1', payee(3)],
      ['34', payee(4)],
      ['12', payee(5)],
    ]),
    byAddress: new Map([
      ['one@example.com', [payee(1)]],
      ['both@example.com', [payee(1), payee(2)]],
    ]),
    ofCycle: Map.groupBy(all, (one) => one.payeeId),
  };
  const judge = (reference: string, address: string | null = null, more: Partial<Known> = {}) =>
    words(
      matchRow(
        {
          readings: readReference(reference).readings,
          address,
          state: 'completed',
          amount: 1000n,
          currency: 'USD',
        },
        { ...known, ...more },
      ),
    );
  const words = (verdict: Verdict) =>
    verdict.result === 'matched'
      ? `${verdict.payee.externalId} ${verdict.earning?.externalId ?? 'alone'} by ${verdict.reason}`
      : `${verdict.result}: ${verdict.reason}`;

  it.each([
    ['a selection and its user', 'winner_s1_u1', null, 'u1 s1 by reference'],
    ['a later attempt', 'winner-s1-u1-a2', 'one@example.com', 'u1 s1 by reference'],
    ['a selection and somebody else', 'winner_s1_u2', null, 'ambiguous: sources_disagree'],
    ['a bare id of a selection of one and the id of another', 's1', null, 'ambiguous: several_payees'],
    ['a bare id that the address decides', 's1', 'one@example.com', 'u1 s1 by reference'],
    ['a user with one earning in the cycle', 'u1', null, 'u1 s1 by reference'],
    ['a user with two', 'u2', null, 'ambiguous: several_earnings'],
    ['a user with none', 'u3', null, 'u3 alone by reference'],
    ['an address as the reference', 'one@example.com', null, 'u1 s1 by address'],
    ['an address alone', '', 'one@example.com', 'u1 s1 by address'],
    ['an address of two', '', 'both@example.com', 'ambiguous: several_payees'],
    [
      'an unknown selection beside a known address',
      'lost-4711',
      'one@example.com',
      'ambiguous: earning_unclear',
    ],
    ['a user and the address of another', 'u2', 'one@example.com', 'ambiguous: sources_disagree'],
    ['a winner and the address of another', 'winner_s2_u2', 'one@example.com', 'ambiguous: sources_disagree'],
    ['two numbers that mean something in both orders', '12-34', null, 'ambiguous: sources_disagree'],
    ['nobody', 'winner_9_9', 'nobody@example.com', 'unmatched: nobody_found'],
  ])('%s', (_what, reference, address, expected) => {
    expect(judge(reference, address)).toBe(expected);
  });

  it('is not counted against another amount, a live payout, or what was taken back', () => {
    const against = (more: Partial<EarningFact>) =>
      judge('winner_s1_u1', null, { earnings: new Map([['s1', [earning(1, 's1', 1, more)]]]) });
    expect(against({ net: 999n })).toBe('ambiguous: amount_differs');
    expect(against({ currency: 'EUR' })).toBe('ambiguous: amount_differs');
    expect(against({ reversed: true })).toBe('ambiguous: earning_taken_back');
    expect(against({ liveState: 'sending' })).toBe('ambiguous: already_on_its_way');
    expect(against({ liveState: 'completed' })).toBe('ambiguous: already_paid');
    expect(against({ liveState: 'failed' })).toBe('ambiguous: failed_here');
  });
});
