import { formatMoney } from '../core/money.ts';
import type { Io } from './command.ts';

const barWidth = 30;
/** Without a terminal a line is written at most this often. */
const lineEveryMs = 2000;

/** A progress bar on stderr: redrawn in place on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #io: Io;
  #lastLine = '';
  #lastAt = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  show(label: string, done: number, total: number, nowMs: number): void {
    const share = total === 0 ? 1 : Math.min(done / total, 1);
    const filled = Math.round(share * barWidth);
    const percent = Math.floor(share * 100);
    const line = `${label} [${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${done}/${total} ${percent}%`;
    if (line === this.#lastLine) return;
    if (this.#io.interactive) process.stderr.write(`\r\u001B[2K${line}`);
    else if (nowMs - this.#lastAt >= lineEveryMs || done >= total) this.#io.err(line);
    else return;
    this.#lastLine = line;
    this.#lastAt = nowMs;
  }

  end(): void {
    if (this.#io.interactive && this.#lastLine !== '') process.stderr.write('\n');
    this.#lastLine = '';
  }
}

/** "12.50 USD + 3.00 EUR", or "nothing". */
export function totalsText(totals: Readonly<Record<string, number | bigint>>): string {
  const parts = Object.entries(totals).map(([currency, amount]) => formatMoney(BigInt(amount), currency));
  return parts.length === 0 ? 'nothing' : parts.join(' + ');
}
