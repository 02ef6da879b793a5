import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { languages, teamLanguages } from '../../src/core/language.ts';
import { leftOutReasons, leftOutWords } from '../../src/core/left-out.ts';
import { payeeRefusals, payeeRefusalWords } from '../../src/core/payee-refusals.ts';
import { refusalCodes } from '../../src/core/refusal.ts';
import { inTeamWords } from '../../src/wire/problem-words.ts';
import { noOf } from '../../src/wire/problem.ts';
import { problemsFr } from '../../src/wire/problems-fr.ts';
import { projectRoot } from '../support/processes.ts';

// Whoever reads a no presses buttons. The paths of the API are in docs/api.md, for those who call them.

const namesAPath = /\/api\/|\b(?:GET|POST|PUT|PATCH|DELETE)\b|\/:\w/;
const codes = [...refusalCodes, ...(Object.keys(problemsFr) as (keyof typeof problemsFr)[])];

it('knows a path when it sees one', () => {
  for (const words of ['Send it to /api/admin/fx-rates.', 'Freed with PATCH.', 'See payees/:id.'])
    expect(words).toMatch(namesAPath);
});

it('no refusal names a path or a method of the API, in any language', () => {
  const noes = teamLanguages.flatMap((language) =>
    codes.map((code) => inTeamWords(noOf(code), language)).map(({ message, action }) => [message, action]),
  );
  const payees = languages.flatMap((language) =>
    payeeRefusals.map((code) => payeeRefusalWords(code, language) ?? []),
  );
  const leftOut = teamLanguages.flatMap((language) =>
    leftOutReasons.map((reason) => leftOutWords(reason, language)),
  );
  const said = [...noes, ...payees, ...leftOut].flat();
  expect(said.length).toBeGreaterThan(codes.length * 4);
  expect(said.filter((words) => namesAPath.test(words))).toEqual([]);
});

it('no text of the pages does', () => {
  const folder = path.join(projectRoot, 'web', 'locales');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => namesAPath.test(readFileSync(path.join(folder, file), 'utf8')))).toEqual([]);
});
