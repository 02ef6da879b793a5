import type { Block } from '../core/payee-outlook.ts';
import { blocksOf } from '../core/payee-outlook.ts';
import { barriersOf } from '../store/payee-barriers.ts';
import type { PayeeRow } from '../store/payees.ts';
import type { ApiDeps } from './deps.ts';
import { readerOf } from './reader.ts';

/** What is in the way of paying each of these payees; of none: nothing is. */
export async function blocksFor(
  deps: ApiDeps,
  payees: readonly PayeeRow[],
): Promise<(payee: PayeeRow) => Block[]> {
  const barriers = await barriersOf(
    deps.db,
    payees.map(({ id }) => id),
  );
  const [reader, now] = [readerOf(deps), deps.now()];
  return (payee) => {
    const barrier = barriers.get(payee.id);
    const code = barrier?.notReadyCode ?? null;
    const facts = {
      payeeStatus: payee.status,
      payeeHoldReason: payee.holdReason,
      payeeHoldUntil: payee.holdUntil,
      methodUsableFrom: payee.methodUsableFrom,
      methodFrozenAt: payee.methodFrozenAt,
      hasMethod: payee.methodType !== null,
      notReady: code === null ? null : { code, detail: barrier?.notReadyDetail ?? null },
      lastFault: barrier?.lastFault ?? null,
    };
    return blocksOf(facts, now, reader);
  };
}
