import { bad, fields, ok } from '../control.ts';
import { transaction } from '../database.ts';
import { effectsPerPageMax } from '../effects.ts';
import type { Call, Reply, World } from '../world.ts';
import { accountState, presentAccount, writeAccount, type AccountState } from './accounts.ts';
import { setStripeBalance, stripeBalances } from './balance.ts';
import { listStripeEffects, summariseStripe } from './effects.ts';
import { countStripeEvents, readStripeWebhook, writeEvent, writeStripeWebhook } from './events.ts';
import { isStripeCurrency } from './money.ts';
import { applyDue } from './ledger.ts';
import { presentTransfer } from './present.ts';
import { findTransfer } from './rows.ts';

/** Stripe's part of the control API under `/__sandbox/`; calls that PayPal's side has too come with `?provider=stripe`. */

const effectsPerPage = 1000;
const byHand = { requestId: null, key: null };

export function getEffects(world: World, call: Call): Reply {
  const afterId = Number(call.query.get('afterId') ?? 0);
  const limit = Number(call.query.get('limit') ?? effectsPerPage);
  if (!Number.isSafeInteger(afterId) || afterId < 0) return bad('afterId must be a whole number, 0 or more');
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > effectsPerPageMax) {
    return bad(`limit must be between 1 and ${effectsPerPageMax}`);
  }
  transaction(world.db, () => applyDue(world));
  return ok(listStripeEffects(world, afterId, limit, call.query.get('reference')));
}

export function getSummary(world: World): Reply {
  transaction(world.db, () => applyDue(world));
  return ok(summariseStripe(world));
}

export function getBalances(world: World): Reply {
  const data = stripeBalances(world).map((held) => ({
    currency: held.currency,
    availableMinor: String(held.amount),
  }));
  return ok({ data });
}

/** `{currency, amountMinor}` in Stripe's units; null makes the balance unlimited again. */
export function postBalance(world: World, call: Call): Reply {
  const { currency, amountMinor } = fields(call);
  const code = typeof currency === 'string' ? currency.toLowerCase() : '';
  if (!isStripeCurrency(code)) return bad('currency must be one Stripe transfers');
  const text = typeof amountMinor === 'number' ? String(amountMinor) : amountMinor;
  if (text !== null && (typeof text !== 'string' || !/^\d{1,15}$/.test(text))) {
    return bad('amountMinor must be a whole number or text, or null for no limit');
  }
  setStripeBalance(world, code, text === null ? null : Number.parseInt(text, 10));
  return getBalances(world);
}

export function getWebhook(world: World): Reply {
  return ok({ target: readStripeWebhook(world), events: countStripeEvents(world) });
}

/** `{url, secrets}` (or `secret`), or `{url: null}` to stop. Concerns events from now on. */
export function postWebhook(world: World, call: Call): Reply {
  const { url, secret, secrets = [secret] } = fields(call);
  if (url === null) writeStripeWebhook(world, null);
  else if (typeof url !== 'string' || !URL.canParse(url)) return bad('url must be an absolute URL, or null');
  else if (!isTexts(secrets)) return bad('secrets must be texts, at least one');
  else writeStripeWebhook(world, { url, secrets });
  world.wakeDelivery();
  return getWebhook(world);
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string' && text !== '')
  );
}

/** `{payoutsEnabled?, transfers?, currentlyDue?, disabledReason?}`: decides a connected account and announces it. */
export function postAccount(world: World, call: Call): Reply {
  const [id = ''] = call.params;
  const known = accountState(world, id);
  if (known === null) return { status: 404, body: { error: 'No account can have this id.' } };
  const { payoutsEnabled, transfers, currentlyDue, disabledReason } = fields(call);
  if (payoutsEnabled !== undefined && typeof payoutsEnabled !== 'boolean') {
    return bad('payoutsEnabled must be true or false');
  }
  if (transfers !== undefined && !isCapability(transfers)) {
    return bad('transfers must be active, inactive or pending');
  }
  if (currentlyDue !== undefined && !(Array.isArray(currentlyDue) && currentlyDue.every(isText))) {
    return bad('currentlyDue must be a list of texts');
  }
  if (disabledReason !== undefined && disabledReason !== null && !isText(disabledReason)) {
    return bad('disabledReason must be a text or null');
  }
  const state: AccountState = {
    payoutsEnabled: payoutsEnabled ?? known.payoutsEnabled,
    transfers: transfers ?? known.transfers,
    currentlyDue: currentlyDue ?? known.currentlyDue,
    disabledReason: disabledReason === undefined ? known.disabledReason : disabledReason,
  };
  const object = presentAccount(id, state);
  transaction(world.db, () => {
    writeAccount(world, id, state);
    const at = world.clock.now();
    writeEvent(world, { type: 'account.updated', account: id, object, previous: {}, cause: byHand, at });
  });
  return ok(object);
}

function isCapability(value: unknown): value is AccountState['transfers'] {
  return value === 'active' || value === 'inactive' || value === 'pending';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** `{type, transfer?, account?}`: sends an event of any type about a transfer, such as the old `transfer.paid`. */
export function postEvent(world: World, call: Call): Reply {
  const { type, transfer: id, account = null } = fields(call);
  if (typeof type !== 'string' || !/^[a-z_]+(?:\.[a-z_]+)+$/.test(type))
    return bad('type must be an event type');
  if (account !== null && !isText(account)) return bad('account must be an account id');
  const transfer = typeof id === 'string' ? findTransfer(world, id) : undefined;
  if (id !== undefined && transfer === undefined) return bad('transfer must be the id of a transfer');
  const object = transfer === undefined ? { object: 'unknown' } : presentTransfer(world, transfer);
  const at = world.clock.now();
  transaction(world.db, () =>
    writeEvent(world, { type, account, object, previous: null, cause: byHand, at }),
  );
  return getWebhook(world);
}
