import type { PayoutProvider } from '../../src/providers/provider.ts';

/** Called before the request leaves and after the answer has arrived; may wait, and throws to kill. */
export type Gate = (what: 'send' | 'read', moment: 'before' | 'after') => Promise<void>;

/** A provider whose every call passes a gate on the way there and on the way back. */
export function throughGate(provider: PayoutProvider, gate: Gate): PayoutProvider {
  const findByKey = async (key: string) => {
    await gate('read', 'before');
    const found = (await provider.findByKey?.(key)) ?? null;
    await gate('read', 'after');
    return found;
  };
  const lookUp: PayoutProvider['lookUp'] = async (frozen) => {
    await gate('read', 'before');
    const found = (await provider.lookUp?.(frozen)) ?? { kind: 'absent' as const };
    await gate('read', 'after');
    return found;
  };
  return {
    ...(provider.findByKey ? { findByKey } : {}),
    ...(provider.lookUp ? { lookUp } : {}),
    name: provider.name,
    sandbox: provider.sandbox,
    capabilities: provider.capabilities,
    validate: (item) => provider.validate(item),
    prepare: (plan) => provider.prepare(plan),
    send: async (frozen) => {
      await gate('send', 'before');
      const outcome = await provider.send(frozen);
      await gate('send', 'after');
      return outcome;
    },
    fetchStatus: async (providerBatchId, page) => {
      await gate('read', 'before');
      const answer = await provider.fetchStatus(providerBatchId, page);
      await gate('read', 'after');
      return answer;
    },
    cancelUnclaimed: (id) => provider.cancelUnclaimed(id),
    verifyEvent: (raw, now) => provider.verifyEvent(raw, now),
    checkCredentials: () => provider.checkCredentials(),
  };
}
