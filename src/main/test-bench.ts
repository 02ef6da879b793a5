import type { TestBench } from '../api/test-bench.ts';
import { SandboxAwayError } from '../api/test-bench.ts';
import type { Log } from '../engine/context.ts';
import * as paypalMoney from '../providers/paypal/money.ts';
import * as stripeMoney from '../providers/stripe/money.ts';
import type { StripeEffect } from '../sandbox/stripe/effects.ts';
import type { EffectFacts, FaultFacts, SandboxBalance } from '../wire/sandbox.ts';
import type { Clock } from './test-clock.ts';

/** Longest wait for an answer of the sandbox's control API. */
const controlTimeoutMs = 5_000;
/** One process and one clock stand in for all of them. */
const sides = ['paypal', 'stripe'] as const;

/** An effect as the sandbox's own list has it; docs/providers/sandbox.md. */
interface Listed {
  readonly id: number;
  readonly senderBatchId: string | null;
  readonly senderItemId: string | null;
  readonly payoutBatchId: string;
  readonly payoutItemId: string;
  readonly receiver: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly status: string;
  readonly outstanding: boolean;
  readonly acceptedAt: string;
}

/** The bench of a process with its sandbox, and `keepTime`, which makes both follow the clock in the database. */
export function createTestBench(
  url: string,
  clock: Clock,
  log: Log,
): TestBench & { keepTime: () => Promise<void> } {
  /** The offset this process last moved its sandbox to, in seconds. */
  let told = 0;

  // An absolute place, not a step: told twice, or told by two processes, it is the same time.
  async function tell(): Promise<void> {
    const offsetSeconds = clock.offsetSeconds();
    if (told >= offsetSeconds) return;
    await control(url, 'POST', 'clock', { reachOffsetSeconds: offsetSeconds });
    told = Math.max(told, offsetSeconds);
  }

  async function tellOrLater(): Promise<void> {
    try {
      await tell();
    } catch (error) {
      if (!(error instanceof SandboxAwayError)) throw error;
      log.warn('sandbox_clock_behind', { error: error.message });
    }
  }

  return {
    offsetSeconds: () => clock.offsetSeconds(),
    // Purser first: a sandbox that forgets a key before Purser knows its life is over would take a resend as new.
    reach: async (offsetSeconds) => {
      clock.reach(offsetSeconds);
      await tellOrLater();
    },
    keepTime: async () => {
      await clock.keep?.();
      await tellOrLater();
    },
    providerClocks: async () => {
      const offsetSeconds = await offsetOf(url);
      const inStep = offsetSeconds !== null && offsetSeconds >= clock.offsetSeconds();
      return sides.map((provider) => ({ provider, offsetSeconds, inStep }));
    },
    effects: async ({ provider, after, limit, reference }) => {
      const only = reference === null ? '' : `&reference=${encodeURIComponent(reference)}`;
      const path = `effects?provider=${provider}&afterId=${after}&limit=${limit}${only}`;
      if (provider === 'stripe') {
        const transfers = await control<{ data: StripeEffect[] }>(url, 'GET', path);
        return transfers.data.map((listed) => transferOf(listed));
      }
      const page = await control<{ data: Listed[] }>(url, 'GET', path);
      return page.data.map((listed) => effectOf(listed));
    },
    setBalance: async (balance) => {
      const body = heldBy(balance);
      if (body !== null) await control(url, 'POST', `balance?provider=${balance.provider}`, body);
      return body !== null;
    },
    faults: () => faultsOf(url),
    addFaults: async (rules) => {
      const taken = rules.map(({ times, ...rule }) => (times === null ? rule : { ...rule, times }));
      await control(url, 'POST', 'faults', { rules: taken });
      return faultsOf(url);
    },
    clearFaults: async () => {
      await control(url, 'DELETE', 'faults');
    },
  };
}

/** In the provider's own units; null when it takes no such amount. */
function heldBy({ provider, currency, amount }: SandboxBalance) {
  const rules = provider === 'stripe' ? stripe : paypal;
  const code = provider === 'stripe' ? currency.toLowerCase() : currency;
  if (!rules.takes(currency)) return null;
  if (amount === null) return { currency: code, amountMinor: null };
  return rules.fits(amount, currency) ? { currency: code, amountMinor: rules.units(amount, currency) } : null;
}

const paypal = {
  takes: paypalMoney.paysOut,
  fits: paypalMoney.hasPayableDecimals,
  // PayPal's side counts in units where PayPal takes no decimals, and in hundredths otherwise.
  units: (amount: bigint, currency: string) => paypalMoney.formatValue(amount, currency).replace('.', ''),
};
const stripe = {
  takes: stripeMoney.takesCurrency,
  fits: stripeMoney.hasPayableDecimals,
  units: (amount: bigint, currency: string) => stripeMoney.toStripeUnits(amount, currency).toString(),
};

async function offsetOf(url: string): Promise<number | null> {
  try {
    return (await control<{ offsetSeconds: number }>(url, 'GET', 'clock')).offsetSeconds;
  } catch (error) {
    if (error instanceof SandboxAwayError) return null;
    throw error;
  }
}

async function faultsOf(url: string): Promise<FaultFacts[]> {
  const { data } = await control<{ data: (FaultFacts & { provider: string | null })[] }>(
    url,
    'GET',
    'faults',
  );
  return data.map((rule) => ({ ...rule, provider: rule.provider ?? 'any' }));
}

function effectOf(listed: Listed): EffectFacts {
  const { currency, receiver, status, outstanding, acceptedAt } = listed;
  return {
    provider: 'paypal',
    id: BigInt(listed.id),
    reference: listed.senderItemId,
    providerKey: listed.senderBatchId,
    providerBatchId: listed.payoutBatchId,
    providerItemId: listed.payoutItemId,
    amount: BigInt(listed.amountMinor),
    currency,
    receiver,
    status,
    outstanding,
    acceptedAt,
  };
}

function transferOf(listed: StripeEffect): EffectFacts {
  const { transferId, destination, status, outstanding } = listed;
  const currency = listed.currency.toUpperCase();
  const units = BigInt(listed.amountMinor);
  return {
    provider: 'stripe',
    id: BigInt(listed.id),
    reference: listed.transferGroup,
    providerKey: listed.idempotencyKey,
    providerBatchId: transferId,
    providerItemId: transferId,
    amount: stripeMoney.fromStripeUnits(units, currency) ?? units,
    currency,
    receiver: destination,
    status,
    outstanding,
    acceptedAt: listed.createdAt,
  };
}

/** One call of the control API. The shape of its answer is trusted: it is our own program, started by this process. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names the answer beside its call
async function control<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  try {
    const answer = await fetch(`${url}/__sandbox/${path}`, {
      method,
      signal: AbortSignal.timeout(controlTimeoutMs),
      redirect: 'error',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return (await answer.json()) as T;
    throw new Error(`it answered ${answer.status} to ${method} ${path.split('?', 1)[0] ?? ''}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new SandboxAwayError(`The provider sandbox cannot be used: ${why}.`, { cause: error });
  }
}
