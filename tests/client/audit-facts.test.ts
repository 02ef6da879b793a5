import i18next, { type TFunction } from 'i18next';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsInWords } from '../../web/console/audit/fact-words.ts';
import { axisFigure } from '../../web/app/format.ts';
import { namedOf, ticksOf } from '../../web/ui/ticks.ts';
import { projectRoot } from '../support/processes.ts';

// What is on record, as people read it; and what stands beside a chart.

let t: TFunction;
beforeAll(async () => {
  const audit = JSON.parse(
    readFileSync(path.join(projectRoot, 'web/locales/en/audit.json'), 'utf8'),
  ) as object;
  t = await i18next.init({ lng: 'en', defaultNS: 'audit', resources: { en: { audit } } });
});

const after = (facts: object) =>
  factsInWords(t, null, facts).map(({ path: label, after: words }) => [label, words?.replaceAll(/\s/g, ' ')]);

describe('what an event tells', () => {
  it('has amounts as money, alone and by currency, and states in words', () => {
    expect(after({ amount: '23850', currency: 'USD', reference: 'BNK 7' })).toEqual([
      ['Amount', '238.50 USD'],
      ['Reference', 'BNK 7'],
    ]);
    expect(after({ created: 2, totals: { USD: '2003600', HTG: '5' } })).toEqual([
      ['New', '2'],
      ['Total', '20,036.00 USD + 0.05 HTG'],
    ]);
    const change = factsInWords(t, { status: 'pending_approval' }, { status: 'approved' });
    expect(change).toEqual([{ path: 'State', before: 'needs approval', after: 'approved' }]);
  });

  it('has moments as dates, and leaves what nobody looks for, and nothing, to the details', () => {
    const [[label, words] = []] = after({
      expiresAt: '2026-11-27T17:00:00.000Z',
      newOnly: false,
      conflict: 0,
    });
    expect(label).toBe('Ends');
    expect(words).toMatch(/27 Nov 2026/);
    expect(after({ totalChunks: 3, batchIds: ['pb_1'], version: 4 })).toEqual([]);
  });
});

describe('the lines of a chart', () => {
  it('stand at round figures around all that is drawn, with zero among them, and say where they stand', () => {
    expect(ticksOf([16_500, 1200])).toEqual([0, 5000, 10_000, 15_000, 20_000]);
    expect(ticksOf([3760, -240])).toEqual([-1000, 0, 1000, 2000, 3000, 4000]);
    expect(ticksOf([])).toEqual([0, 1]);
    expect(ticksOf([0.7])).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    for (const high of [1, 17, 99.8, 12_345, 987_654_321])
      for (const tick of ticksOf([high]))
        expect(axisFigure(tick)).toBe(axisFigure(Number(tick.toPrecision(3))));
    expect(axisFigure(-1000)).toBe('−1K');
  });

  it('name the first and the last, and some between', () => {
    expect([...namedOf(30)]).toEqual([0, 10, 19, 29]);
    expect([...namedOf(1)]).toEqual([0]);
    expect([...namedOf(0)]).toEqual([]);
  });
});
