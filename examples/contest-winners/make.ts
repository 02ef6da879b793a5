/**
 * Makes the two files of this recipe, the same ones every time: `node examples/contest-winners/make.ts`.
 * All people are invented; their addresses are in domains reserved for examples (RFC 2606).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvLine } from '../../src/wire/csv.ts';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { majorUnits, numbersFrom } from '../numbers.ts';
import { mistakes } from './mistakes.ts';
import { regions } from './names.ts';

const winnerCount = 1_000;
const seed = 18;
const firstSelection = 180_001;
const firstUser = 20_417;

/** How many winners have an address that the sandbox treats in a special way, by the word in it. */
const magicCounts = { failed: 12, unclaimed: 15, returned: 5, blocked: 4, refunded: 3, reversed: 2, slow: 6 };

/** Prizes in minor units, by rank: `[up to this rank, prize]`. */
const prizes: readonly (readonly [number, number])[] = [
  [1, 500_000],
  [3, 150_000],
  [10, 50_000],
  [50, 12_500],
  [250, 4_000],
  [winnerCount, 1_500],
];

const domains = ['example.com', 'example.org', 'example.net', 'mail.example.com', 'post.example.org'];
const notes = ['Congratulations from the jury!', 'Well played 🎉', 'Thank you for taking part', ''];

function pick<T>(choices: readonly T[], next: () => number): T {
  const choice = choices[Math.floor(next() * choices.length)];
  if (choice === undefined) throw new RangeError('nothing to choose from');
  return choice;
}

/** `name:spelling` into both; without a spelling, accents are left out. */
function spelled(entry: string): { name: string; spelling: string } {
  const [name = '', spelling] = entry.split(':');
  const plain = name.normalize('NFD').replaceAll(/[^A-Za-z-]/g, '');
  return { name: name.normalize('NFC'), spelling: (spelling ?? plain).toLowerCase() };
}

/** The ranks that get a magic word, spread over the whole list but never the first ten. */
function magicByRank(next: () => number): Map<number, string> {
  const byRank = new Map<number, string>();
  for (const [word, count] of Object.entries(magicCounts)) {
    for (let left = count; left > 0;) {
      const rank = 11 + Math.floor(next() * (winnerCount - 10));
      if (byRank.has(rank)) continue;
      byRank.set(rank, word);
      left--;
    }
  }
  return byRank;
}

/** Prize of a rank in minor units; the small ones vary by up to 5.00 in steps of 0.25. */
function prizeOf(rank: number, next: () => number): number {
  const [, prize = 0] = prizes.find(([upTo]) => rank <= upTo) ?? [];
  return rank <= 50 ? prize : prize + 25 * Math.floor(next() * 21);
}

/** `winners.csv` as text: one line per winner, best first. */
export function winnersCsv(): string {
  const next = numbersFrom(seed);
  const magic = magicByRank(next);
  const taken = new Set<string>();
  let text = `${payFileHeader}\n`;
  for (let rank = 1; rank <= winnerCount; rank++) {
    const region = pick(regions, next);
    const [given, family] = [spelled(pick(region.given, next)), spelled(pick(region.family, next))];
    const name = region.familyFirst ? family.name + given.name : `${given.name} ${family.name}`;
    const word = magic.get(rank);
    const mailbox =
      free(`${given.spelling}.${family.spelling}`, taken) + (word === undefined ? '' : `+${word}`);
    const email = `${mailbox}@${pick(domains, next)}`;
    const cells = [`u${firstUser + rank * 7}`, name, email, majorUnits(prizeOf(rank, next)), region.currency];
    text += csvLine([...cells, 'paypal', '', String(firstSelection + rank - 1), pick(notes, next)]);
  }
  return text;
}

/** The wanted mailbox, with a number when somebody has it already. */
function free(wanted: string, taken: Set<string>): string {
  let mailbox = wanted;
  for (let number = 2; taken.has(mailbox); number++) mailbox = `${wanted}${number}`;
  taken.add(mailbox);
  return mailbox;
}

/** `winners-with-mistakes.csv` as text: twenty good winners among rows that cannot be paid as they are. */
export function winnersWithMistakesCsv(): string {
  const [header = '', ...good] = winnersCsv().split('\n').slice(0, 21);
  const bad = mistakes.map(({ row }) => row);
  const mixed = good.flatMap((row, at) => [row, ...bad.slice(at * 2, at * 2 + 2)]);
  return `${[header, ...mixed, ...bad.slice(good.length * 2)].join('\n')}\n`;
}

if (import.meta.main) {
  await writeFile(join(import.meta.dirname, 'winners.csv'), winnersCsv());
  await writeFile(join(import.meta.dirname, 'winners-with-mistakes.csv'), winnersWithMistakesCsv());
}
