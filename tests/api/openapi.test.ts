import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/api/app.ts';
import { describeApi } from '../../src/api/document.ts';
import { version } from '../../src/main/version.ts';
import { typesOf } from '../support/client-types.ts';
import { projectRoot } from '../support/processes.ts';
import { document, misfits } from './documented.ts';
import { readTree } from './route-tree.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

interface Media {
  readonly schema: unknown;
  readonly example?: unknown;
  readonly examples?: Record<string, { value: { code: string; status: number } }>;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { content: Record<string, Media> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}

const operations = Object.entries(document.paths).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${address}`,
    operation: operation as Operation,
  })),
);
const released = describeApi(version);

/** A file that is made from the routes, and stays as they are. */
function keeps(file: string, text: string): void {
  const at = path.join(projectRoot, file);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(at, text);
  expect(readFileSync(at, 'utf8') === text, `${file} is stale: run this test with UPDATE_DOCS=1`).toBe(true);
}

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('the OpenAPI document', () => {
  it('is openapi.json, and the types of the client are made from it', () => {
    keeps('openapi.json', `${JSON.stringify(released, undefined, 2)}\n`);
    keeps('web/client/types.ts', typesOf(released));
  });

  it('is served without a key', async () => {
    const got = await house.ask('GET', '/api/openapi.json', undefined, { key: null });
    expect(got.status).toBe(200);
    expect(got.body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('has everything the server answers, with a key or without', async () => {
    const app = buildApp(house.deps);
    await app.ready();
    // Addresses below a page that draws itself are that page again.
    const real = readTree(app.printRoutes({ commonPrefix: false })).filter((name) => !name.endsWith('*'));
    await app.close();
    const here = operations.map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(here.toSorted()).toEqual(real.toSorted());
  });

  it('names each operation once, and says of each who may call it', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation, name } of operations) expect(operation, name).toHaveProperty('x-roles');
  });

  it.each(operations)('has true examples for $name', ({ operation }) => {
    const contents = [operation.requestBody, ...Object.values(operation.responses)].map(
      (part) => part?.content,
    );
    for (const content of contents) {
      for (const [type, media] of Object.entries(content ?? {})) {
        if (type.startsWith('text/')) continue;
        if (media.example !== undefined) expect(misfits(media.schema, media.example)).toBe('');
      }
    }
  });

  it('shows for every no what the server says, under the status it has', () => {
    const { responses } = document.components as unknown as {
      responses: Record<string, { content: Record<string, Media> }>;
    };
    for (const [name, response] of Object.entries(responses)) {
      const media = response.content['application/problem+json'];
      for (const [code, { value }] of Object.entries(media?.examples ?? {})) {
        expect(misfits(media?.schema, value), `${name} ${code}`).toBe('');
        expect(value.code).toBe(code);
      }
    }
    for (const { operation, name } of operations) {
      for (const [status, { $ref }] of Object.entries(operation.responses)) {
        if (!$ref) continue;
        const media = responses[$ref.slice($ref.lastIndexOf('/') + 1)]?.content['application/problem+json'];
        const statuses = Object.values(media?.examples ?? {}).map(({ value }) => value.status);
        expect(new Set(statuses), `${name} ${status}`).toEqual(new Set([Number(status)]));
      }
    }
  });
});
