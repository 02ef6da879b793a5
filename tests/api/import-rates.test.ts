import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpClient } from '../../src/cli/client.ts';
import { runCommand } from '../../src/cli/command.ts';
import { importFile } from '../../src/cli/import.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'rates-'));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

async function importRates(content: string, ...more: string[]): Promise<{ code: number; said: string }> {
  const file = join(folder, 'rates.csv');
  await writeFile(file, content);
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const io = {
    out: say,
    err: say,
    interactive: false,
    signal: new AbortController().signal,
    nowMs: () => house.clock.ms,
    ask: () => Promise.resolve(''),
    connect: () => Promise.resolve(httpClient(house.url, house.keys.operator)),
  };
  const code = await runCommand(io, importFile, ['rates', file, ...more]);
  return { code, said: lines.join('\n') };
}

it('enters the rates of a file once, whatever the order of its columns', async () => {
  const file =
    'source;rate;at;to;from\nBRH;0.0075;2026-11-20;USD;HTG\n' +
    'BRH;131.5;2026-11-20T06:00:00-05:00;HTG;USD\n';
  expect(await importRates(file)).toMatchObject({
    code: 0,
    said: '2 rates entered, 0 were known, 0 were refused.',
  });
  expect((await importRates(file)).said).toBe('0 rates entered, 2 were known, 0 were refused.');
  const { body } = await house.ask('GET', '/api/admin/fx-rates');
  expect(body.data).toMatchObject([
    { from: 'USD', to: 'HTG', rate: '131.5', at: '2026-11-20T11:00:00.000Z' },
    { from: 'HTG', to: 'USD', rate: '0.0075', at: '2026-11-20T00:00:00.000Z', source: 'BRH' },
  ]);
});

it('records nothing of a file with bad lines, unless they may be left out, and says what was refused', async () => {
  const file =
    'from,to,rate,at,source\nEUR,USD,"1,08",2026-11-20,ECB\nEUR,XXX,1,2026-11-20,ECB\nEUR,USD,1.08,2026-11-20,ECB\n';
  const stopped = await importRates(file);
  expect(stopped.code).toBe(3);
  expect(stopped.said).toContain('line 2: rate must be a decimal above zero with a point');
  expect(stopped.said).toContain('line 3: to must be an ISO 4217 code');
  expect(stopped.said).toContain('Nothing was recorded.');
  expect((await importRates(file, '--skip-invalid')).said).toContain('1 rates entered');
  const other = await importRates('from,to,rate,at,source\nEUR,USD,1.09,2026-11-20,ECB\n');
  expect(other).toMatchObject({ code: 3 });
  expect(other.said).toContain('line 2: 1.08 by ECB is on record for this pair and moment, and stays.');
  expect((await importRates('from,to,rate\n')).said).toContain('names no column at, source');
});

it('stops at a rate that jumped, says by how much, and enters it when the jump is accepted', async () => {
  const file = 'from,to,rate,at,source\nJPY,USD,0.0066,2026-11-18,ECB\nJPY,USD,0.066,2026-11-19,ECB\n';
  const stopped = await importRates(file);
  expect(stopped.code).toBe(3);
  expect(stopped.said).toContain(
    'line 3: It is 900 % above the last rate of the pair, 0.0066 of 18 Nov 2026',
  );
  expect(stopped.said).toContain('run it again with --accept-jump');
  expect(stopped.said).toContain('1 rates entered, 0 were known, 1 were refused.');
  const accepted = await importRates(file, '--accept-jump');
  expect(accepted).toMatchObject({ code: 0, said: '1 rates entered, 1 were known, 0 were refused.' });
});
