import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/api/app.ts';
import { routes } from '../../src/api/routes.ts';
import { refusalCodes, refuse } from '../../src/core/refusal.ts';
import { may, roles } from '../../src/core/roles.ts';
import type { HttpProblemCode } from '../../src/wire/problem.ts';
import { no } from '../../src/wire/problem.ts';
import { projectRoot } from '../support/processes.ts';
import { readTree } from './route-tree.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// docs/api.md is written by hand for people; this holds it to the routes.

const page = readFileSync(path.join(projectRoot, 'docs/api.md'), 'utf8');
/** The status of any code; a code that nobody answers with throws. */
const statusOf = (code: string) => {
  const ofCore = refusalCodes.find((known) => known === code);
  return ofCore ? refuse(ofCore).status : no(code as HttpProblemCode).status;
};
const rowsOf = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, ...cells]) => cells.join(' '));

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('docs/api.md', () => {
  it('names every route that takes a key, with the right it asks for, and no other', () => {
    const documented = rowsOf(/^\| `([A-Z]+) (\/api\/\S+)` \| `(\w+)` \| \S/gm);
    const real = routes.map(({ method, path: address, right }) => `${method} ${address} ${right}`);
    expect(documented.toSorted()).toEqual(real.toSorted());
  });

  it('says rightly which roles have which right', () => {
    const documented = rowsOf(/^ {2}\| `(\w+)` \| ([a-z, ]+) \|$/gm);
    const rights = ['read', 'operate', 'reveal', 'approve', 'own'] as const;
    const real = rights.map((right) => `${right} ${roles.filter((role) => may(role, right)).join(', ')}`);
    expect(documented).toEqual(real);
  });

  it('names everything the server answers, with a key or without, and no more', async () => {
    const app = buildApp(house.deps);
    await app.ready();
    const real = readTree(app.printRoutes({ commonPrefix: false }));
    await app.close();
    expect(real.length).toBeGreaterThan(routes.length);
    expect(rowsOf(/^\| `([A-Z]+) (\/\S+)` \|/gm).toSorted()).toEqual(real.toSorted());
  });

  it('has a first payment that works as it is written', async () => {
    const calls = [...page.matchAll(/^curl -s "\$URL(\S+)" .* -d '(.+)'$/gm)];
    const answers = [];
    for (const [, address = '', body = ''] of calls) {
      answers.push(await house.ask('POST', address, body, { key: house.keys.owner }));
    }
    expect(answers.map((got) => got.status)).toEqual([201, 200, 202]);
    expect(answers[1]?.body).toMatchObject({ counts: { created: 1, invalid: 0 } });
    expect(answers[2]?.body).toMatchObject({ batchId: expect.stringMatching(/^pb_/), totalItems: 1 });
  });

  it('puts every code of a no beside its status', () => {
    const pairs = [...page.matchAll(/\b([45]\d\d) ((?:`[a-z_]+`(?:, |))+)/g)].flatMap(
      ([, status, codes = '']) =>
        [...codes.matchAll(/[a-z_]+/g)].map(([code]) => [code, Number(status)] as const),
    );
    expect(pairs.length).toBeGreaterThan(30);
    for (const [code, status] of pairs) expect(`${code} ${status}`).toBe(`${code} ${statusOf(code)}`);
  });

  it('names every field of a problem', async () => {
    const { body } = await house.ask('GET', '/api/admin/payouts/none');
    const errors = page.slice(page.indexOf('## Errors'), page.indexOf('## Payees'));
    const { payoutId: fact, ...problem } = body;
    expect(fact).toBe('none');
    for (const field of Object.keys(problem)) expect(errors).toContain(`\`${field}\``);
  });
});
