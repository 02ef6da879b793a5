import { LookupFailedError } from '../provider.ts';
import type { Lookup } from '../provider.ts';
import { ask, objectOf } from './ask.ts';
import type { StripeClient } from './client.ts';
import { lookupPagesMax, pageItemsMax } from './limits.ts';
import { at, idAt, listAt, textAt } from './read.ts';

const what = 'transfers under our reference';

/**
 * Every transfer whose `transfer_group` is this reference, all pages read. An item reference names one attempt, so one
 * transfer is ours, and several are a case for a person. Throws LookupFailedError when the list cannot be read to its end:
 * absence is claimed only of a whole list.
 */
export async function lookUpGroup(client: StripeClient, group: string): Promise<Lookup> {
  const ids = new Set<string>();
  let after: string | null = null;
  for (let page = 1; page <= lookupPagesMax; page += 1) {
    const list = await readPage(client, group, after);
    for (const transfer of list.transfers) {
      const id = idAt(transfer, 'id');
      if (id === null) throw new LookupFailedError('Stripe lists a transfer without a readable id.');
      after = id;
      // A server that does not know the filter lists everything.
      if (textAt(transfer, 'transfer_group') === group) ids.add(id);
    }
    if (!list.hasMore) return lookupOf([...ids]);
    if (list.transfers.length === 0) break;
  }
  throw new LookupFailedError(
    'The list of transfers under our reference does not end. Nothing was concluded.',
  );
}

async function readPage(client: StripeClient, group: string, after: string | null) {
  const query = new URLSearchParams({ transfer_group: group, limit: String(pageItemsMax) });
  if (after !== null) query.set('starting_after', after);
  const body = objectOf(client, what, await ask(client, what, `/v1/transfers?${query.toString()}`));
  const hasMore = at(body, 'has_more');
  if (typeof hasMore !== 'boolean' || !Array.isArray(at(body, 'data'))) {
    throw new LookupFailedError('Stripe answered with something that is not a list of transfers.');
  }
  return { transfers: listAt(body, 'data'), hasMore };
}

function lookupOf(ids: readonly string[]): Lookup {
  const [only] = ids;
  if (only === undefined) return { kind: 'absent' };
  return ids.length === 1
    ? { kind: 'found', providerBatchId: only }
    : { kind: 'several', providerBatchIds: ids };
}
