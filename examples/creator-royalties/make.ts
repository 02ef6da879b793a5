/**
 * Makes the two files of this recipe, the same ones every time: `node examples/creator-royalties/make.ts`.
 * All people and works are invented; addresses are in domains reserved for examples (RFC 2606).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvLine } from '../../src/wire/csv.ts';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { majorUnits, numbersFrom } from '../numbers.ts';

const seed = 10;
const month = '2026-10';
/** What a thousand plays earn, in minor units. */
const perThousandPlays = 240;
const fewestPlays = 6_000;
const morePlaysMax = 180_000;

const creators =
  `Ada Okonjo, Bram Visser, Célia Marchetti, Dmytro Koval, Edwidge Laforêt, Farid Benali, Greta Lindqvist,
Hana Novotná, Ikaika Kealoha, Jovana Petrović, Kwabena Asare, Luana Teixeira, Mirlande Desrosiers, Nils Aagaard,
Oriol Puig, Priya Raman, Quentin Abara, Rosa Quispe, Sione Tupou, Tereza Horák, Ugo Fontana, Vera Stoica, Wim Claes,
Ximena Duarte, Yara Haddad, Zoltán Bakó, Aroha Ngata, Benedikt Krug, Chidi Eze, Dalia Mansour`
    .split(',')
    .map((name) => name.trim());

/** Whose account the sandbox treats in a special way, by the word in it. */
const words: Readonly<Record<number, string>> = {
  7: 'disabled',
  13: 'insufficient',
  26: 'reversed',
};

/** What a creator is called in the files, from 1 on. */
function payeeOf(number: number): string {
  return `creator-${String(number).padStart(2, '0')}`;
}

function accountOf(name: string, number: number): string {
  const given =
    name
      .normalize('NFD')
      .replaceAll(/[^A-Za-z ]/g, '')
      .split(' ')[0] ?? '';
  const word = words[number];
  return `acct_1${given}${number}${word === undefined ? '' : `_${word}`}`;
}

/** `statements.csv` as text: what each creator earned in the month, to be paid through Stripe. */
export function statementsCsv(): string {
  const next = numbersFrom(seed);
  let text = `${payFileHeader}\n`;
  for (const [index, name] of creators.entries()) {
    const number = index + 1;
    const plays = fewestPlays + Math.floor(next() * next() * morePlaysMax);
    const amount = Math.floor((plays * perThousandPlays) / 1000);
    const payee = payeeOf(number);
    const reference = `ST-${month}-${String(number).padStart(2, '0')}`;
    const cells = [
      payee,
      name,
      `${payee}@example.com`,
      majorUnits(amount),
      'USD',
      'stripe',
      accountOf(name, number),
    ];
    text += csvLine([...cells, reference, `Royalties of ${month}: ${plays} plays`]);
  }
  return text;
}

/** Bodies of payouts that the team makes one by one, by their file: of one statement, and without one. */
export function singlePayouts(): Readonly<Record<string, unknown>> {
  return {
    'late-statement.json': {
      payeeId: payeeOf(3),
      amount: 8740,
      currency: 'USD',
      statementId: 'ST-2026-09-03',
    },
    'adjustment.json': {
      payeeId: payeeOf(5),
      amount: 1250,
      currency: 'USD',
      reason: 'Plays of September that were counted late',
    },
  };
}

if (import.meta.main) {
  await writeFile(join(import.meta.dirname, 'statements.csv'), statementsCsv());
  for (const [file, body] of Object.entries(singlePayouts()))
    await writeFile(join(import.meta.dirname, file), `${JSON.stringify(body, null, 2)}\n`);
}
