import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksumOf } from '../../src/core/batch.ts';
import { fitId, itemReference, publicId, submissionKey } from '../../src/core/ids.ts';
import { sha256 } from '../support/world.ts';

const referenceMax = 63;
const name = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{1,12}$/), fc.string({ minLength: 1, maxLength: 90 }));
const parts = fc.record({
  sourceType: fc.constantFrom('winner', 'royalty'),
  externalId: name,
  payeeExternalId: name,
  ordinal: fc.integer({ min: 1, max: 300 }),
});

it('names an item after selection and user, and a later attempt by its ordinal', () => {
  const base = { sourceType: 'winner', externalId: '12', payeeExternalId: '34' };
  expect(itemReference({ ...base, ordinal: 1 }, referenceMax, sha256)).toBe('winner-12-34');
  expect(itemReference({ ...base, ordinal: 3 }, referenceMax, sha256)).toBe('winner-12-34-a3');
});

it('makes the same reference every time, within the limit and of characters that come back as they went', () => {
  fc.assert(
    fc.property(parts, fc.boolean(), (item, distinct) => {
      const reference = itemReference(item, referenceMax, sha256, distinct);
      expect(itemReference({ ...item }, referenceMax, sha256, distinct)).toBe(reference);
      expect(reference.length).toBeLessThanOrEqual(referenceMax);
      expect(reference).toMatch(/^[A-Za-z0-9._@+:-]+$/);
    }),
  );
});

it('tells two attempts of one item apart, also when their names are too long', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 300 }), (item, other) => {
      fc.pre(other !== item.ordinal);
      const second = { ...item, ordinal: other };
      expect(itemReference(item, referenceMax, sha256)).not.toBe(itemReference(second, referenceMax, sha256));
    }),
  );
});

it('has a form that cannot collide for names whose plain references are the same text', () => {
  const one = { sourceType: 'winner', externalId: '1-2', payeeExternalId: '3', ordinal: 1 };
  const two = { sourceType: 'winner', externalId: '1', payeeExternalId: '2-3', ordinal: 1 };
  expect(itemReference(one, referenceMax, sha256)).toBe(itemReference(two, referenceMax, sha256));
  expect(itemReference(one, referenceMax, sha256, true)).not.toBe(
    itemReference(two, referenceMax, sha256, true),
  );
});

it('replaces what providers do not echo, and still tells such names apart', () => {
  const of = (externalId: string) =>
    itemReference(
      { sourceType: 'winner', externalId, payeeExternalId: '1', ordinal: 1 },
      referenceMax,
      sha256,
    );
  expect(new Set(['a b', 'a_b', 'a\tb', 'aéb', 'a😀b'].map(of)).size).toBe(5);
});

it('shortens an id with a stable hash, and leaves one that fits alone', () => {
  const long = 'cycle-'.padEnd(300, 'x');
  expect(fitId('short', 20, sha256)).toBe('short');
  expect(fitId(long, 60, sha256)).toHaveLength(60);
  expect(fitId(long, 60, sha256)).toBe(fitId(long, 60, sha256));
  expect(fitId(`${long}1`, 60, sha256)).not.toBe(fitId(`${long}2`, 60, sha256));
});

it('makes the provider key of cycle and checksum, and of nothing else', () => {
  expect(submissionKey('cycle-18', sha256('items'), 256, sha256)).toBe(
    `cycle-18-${sha256('items').slice(0, 16)}`,
  );
});

it('makes public ids that sort by time', () => {
  const early = publicId('po', Date.UTC(2026, 0, 1), 'f'.repeat(40));
  const late = publicId('po', Date.UTC(2026, 0, 1, 0, 0, 0, 1), '0'.repeat(40));
  expect(early < late).toBe(true);
  expect(early).toMatch(/^po_[0-9a-f]{32}$/);
});

const item = fc.record({
  itemReference: fc.string({ minLength: 1, maxLength: 20 }),
  destination: fc.string({ minLength: 1, maxLength: 20 }),
  amount: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  currency: fc.constantFrom('USD', 'JPY'),
  note: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
});

it('gives two lists of items the same checksum only when they are the same', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), fc.array(item, { maxLength: 4 }), (one, two) => {
      const same = JSON.stringify(one, texts) === JSON.stringify(two, texts);
      expect(checksumOf(one, sha256) === checksumOf(two, sha256)).toBe(same);
    }),
  );
});

it('changes the checksum with any change of any field, of the order and of the number', () => {
  const one = { itemReference: 'a', destination: 'b', amount: 1n, currency: 'USD', note: null };
  const two = { ...one, itemReference: 'c' };
  const lists = [
    [one, two],
    [two, one],
    [one],
    [],
    [one, two, two],
    [{ ...one, itemReference: 'a-a2' }, two],
    [{ ...one, destination: 'B' }, two],
    [{ ...one, amount: 2n }, two],
    [{ ...one, currency: 'EUR' }, two],
    [{ ...one, note: 'x' }, two],
    [{ ...one, itemReference: 'a1:b', destination: '' }, two],
  ];
  expect(new Set(lists.map((list) => checksumOf(list, sha256))).size).toBe(lists.length);
});

function texts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
