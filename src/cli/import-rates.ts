import { ratesPerCallMax } from '../wire/fx-rates.ts';
import type { RateLine } from '../wire/rate-file.ts';
import { readRateFile } from '../wire/rate-file.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Io, Values } from './command.ts';
import { exitCodes } from './command.ts';

/** Lines that are said on the terminal. */
const shownMax = 20;

interface Entered {
  readonly results: readonly {
    status: 'created' | 'unchanged' | 'conflict' | 'jump' | 'invalid';
    message: string | null;
  }[];
}

/** `purser import rates FILE`: enters rates; a bad line stops the file unless bad lines may be left out. */
export async function importRates(io: Io, file: string, values: Values): Promise<number> {
  const read = await readRateFile(file);
  if (!read.ok) {
    io.err(`${read.issue.message} ${read.issue.howToFix} Nothing was recorded.`);
    return exitCodes.decision;
  }
  say(io, read.bad);
  if (read.bad.length > 0 && values['skip-invalid'] !== true) {
    io.err('Nothing was recorded. Correct the file, or add --skip-invalid.');
    return exitCodes.decision;
  }
  return withApi(io, async (api) => enter(io, api, read.good, values), true);
}

async function enter(io: Io, api: ApiClient, lines: readonly RateLine[], values: Values): Promise<number> {
  const acceptJump = values['accept-jump'] === true;
  let jumped = 0;
  const counts = { created: 0, unchanged: 0 };
  const refused: { line: number; message: string }[] = [];
  for (let first = 0; first < lines.length; first += ratesPerCallMax) {
    const part = lines.slice(first, first + ratesPerCallMax);
    const rates = part.map(({ item }) => item);
    const { results } = await call<Entered>(api, 'POST', '/api/admin/fx-rates', { rates, acceptJump });
    for (const [index, { status, message }] of results.entries()) {
      if (status === 'jump') jumped += 1;
      if (status === 'created' || status === 'unchanged') counts[status] += 1;
      else refused.push({ line: part[index]?.line ?? 0, message: message ?? 'was refused' });
    }
  }
  say(io, refused);
  if (jumped > 0) io.err(`${jumped} rates jumped. Where they are right, run it again with --accept-jump.`);
  const { created, unchanged } = counts;
  const words = `${created} rates entered, ${unchanged} were known, ${refused.length} were refused.`;
  io.out(values['json'] === true ? JSON.stringify({ created, unchanged, refused }) : words);
  return refused.length > 0 ? exitCodes.decision : exitCodes.ok;
}

function say(io: Io, lines: readonly { line: number; message: string }[]): void {
  for (const { line, message } of lines.slice(0, shownMax)) io.err(`  line ${line}: ${message}`);
  if (lines.length > shownMax) io.err(`  and ${lines.length - shownMax} more`);
}
