import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { frequencies } from '../core/schedule.ts';
import { currencies } from '../core/currencies.ts';
import type { Settings } from '../core/settings.ts';
import { minimumOf, payeeMails } from '../core/settings.ts';
import { amount, currency, sourceType, text } from './text.ts';
import { count, minor } from './shapes.ts';

/** Longest wait that can be set, in days. */
const daysMax = 3650;
/** Longest cron expression. */
const cronCharsMax = 100;

/** The whole amount, in basis points. */
const feeBpsMax = 10_000;
/** Longest cool-off that can be set, in hours. */
const hoursMax = 24 * 90;
/** Oldest rate that can be allowed, in hours, and largest spread, in hundredths of a percent. */
const rateAgeHoursMax = 24 * 90;
const spreadBpsMax = 2000;
/** Largest jump of a rate that can be allowed, in hundredths of a percent. */
const jumpBpsMax = 1_000_000;

const mails = z.array(z.enum(payeeMails)).meta({
  description: 'What payees are told of by mail',
  examples: [['completed', 'failed', 'returned']],
});
const days = z.int().min(0).max(daysMax);
const amounts = z
  .record(currency, amount.nullable())
  .meta({ description: 'Minor units by currency; null goes back to the default', examples: [{ USD: 5000 }] });

export const settingsPatch = z
  .strictObject({
    minimumPayout: amounts.optional(),
    secondApproverAbove: amounts.optional(),
    approvalExpiryDays: z.int().min(1).max(daysMax).optional(),
    settlementHoldDays: days.optional(),
    methodCoolOffHours: z.int().min(0).max(hoursMax).optional(),
    settlementHoldDaysBySource: z
      .record(sourceType, days.nullable())
      .meta({ examples: [{ ticket: 7 }] })
      .optional(),
    autoRetry: z.boolean().optional(),
    feeBpsBySource: z
      .record(sourceType, z.int().min(0).max(feeBpsMax).nullable())
      .meta({ description: 'Fee of earnings that say none, in basis points', examples: [{ ticket: 1000 }] })
      .optional(),
    fxRateMaxAgeHours: z.int().min(1).max(rateAgeHoursMax).optional(),
    fxSpreadBps: z.int().min(0).max(spreadBpsMax).optional(),
    fxRateJumpBps: z.int().min(0).max(jumpBpsMax).optional(),
    payoutSchedule: text(cronCharsMax)
      .meta({ description: 'Cron expression in the time zone of the platform', examples: ['0 17 * * 5'] })
      .optional(),
    payoutFrequency: z.enum(frequencies).optional(),
    sendApprovedOnSchedule: z.boolean().optional(),
    payeeMails: mails.max(payeeMails.length).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, fault('nothing_named'));

export const settingsView = z
  .strictObject({
    minimumPayout: z.record(z.string(), minor).meta({ examples: [{ USD: 5000 }] }),
    secondApproverAbove: z.record(z.string(), minor).meta({ examples: [{ USD: 100_000 }] }),
    approvalExpiryDays: count,
    settlementHoldDays: count,
    methodCoolOffHours: count,
    settlementHoldDaysBySource: z.record(z.string(), count).meta({ examples: [{ ticket: 7 }] }),
    autoRetry: z
      .boolean()
      .meta({ description: 'Payouts that failed for a temporary reason are tried again by themselves' }),
    feeBpsBySource: z.record(z.string(), count).meta({ examples: [{ ticket: 1000 }] }),
    fxRateMaxAgeHours: count,
    fxSpreadBps: count,
    fxRateJumpBps: count.meta({
      description:
        'How far a rate may be from the last one, in hundredths of a percent, unless acceptJump is said',
    }),
    payoutSchedule: z.string().meta({ examples: ['0 17 * * 5'] }),
    payoutFrequency: z.enum(frequencies),
    sendApprovedOnSchedule: z.boolean(),
    payeeMails: mails,
    minimumPayoutInEffect: z.record(z.string(), minor).meta({
      description: 'Of every currency: what is set, or 50 of its major unit',
      examples: [{ HTG: 5000, JPY: 50, USD: 5000 }],
    }),
  })
  .meta({ id: 'Settings' });

/** The settings, with what holds where nothing is set. */
export function presentSettings(settings: Settings): z.output<typeof settingsView> {
  const minimums = currencies.map((code) => [code, minimumOf(settings, code)] as const);
  return {
    ...settings,
    payeeMails: [...settings.payeeMails],
    minimumPayoutInEffect: Object.fromEntries(minimums),
  };
}
