import { sql } from 'kysely';
import type { Settings } from '../core/settings.ts';
import { defaultSettings, payeeMails } from '../core/settings.ts';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';

const prefix = 'payouts.';

/** How each setting is read from its text; what is written is checked before. */
const readers: { readonly [K in keyof Settings]: (value: unknown) => Settings[K] } = {
  minimumPayout: amountsIn,
  secondApproverAbove: amountsIn,
  approvalExpiryDays: Number,
  settlementHoldDays: Number,
  methodCoolOffHours: Number,
  settlementHoldDaysBySource: (value) => value as Record<string, number>,
  autoRetry: (value) => value === true,
  feeBpsBySource: (value) => value as Record<string, number>,
  fxRateMaxAgeHours: Number,
  fxSpreadBps: Number,
  fxRateJumpBps: Number,
  payoutSchedule: String,
  payoutFrequency: (value) => value as Settings['payoutFrequency'],
  sendApprovedOnSchedule: Boolean,
  payeeMails: (value) => payeeMails.filter((name) => (value as string[]).includes(name)),
};

function amountsIn(value: unknown): Record<string, bigint> {
  const entries = Object.entries(value as Record<string, string>);
  return Object.fromEntries(entries.map(([currency, text]) => [currency, BigInt(text)]));
}

/** All settings, with their defaults where nothing was set. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await all(
    db,
    sql<{ key: string; value: string }>`select key, value from setting where key like ${`${prefix}%`}`,
  );
  const found = rows.flatMap(({ key, value }) => {
    const name = key.slice(prefix.length);
    return isSetting(name) ? [[name, readers[name](JSON.parse(value))] as const] : [];
  });
  return { ...defaultSettings, ...Object.fromEntries(found) };
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(readers, name);
}

/** Two changes at once come one after the other. */
export async function lockSettings(tx: Db): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('purser.settings'))`);
}

/** Keeps these settings; the others stay as they are. */
export async function saveSettings(tx: Db, change: Partial<Settings>, now: Date): Promise<void> {
  const rows = Object.entries(change).map(([name, value]) => ({ name, text: textOf(value) }));
  await run(
    tx,
    sql`insert into setting (key, value, updated_at) select key, value, ${now} from ${rowsOf('i', rows, {
      key: ['text', (row) => prefix + row.name],
      value: ['text', (row) => row.text],
    })} on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
  );
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
