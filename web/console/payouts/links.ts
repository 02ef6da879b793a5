/**
 * Where a link leads. The pages are one list, so the router does not know the parameters of each by type; it encodes what
 * they hold.
 */
function link(to: string, params: Readonly<Record<string, string>>) {
  return { to, params: params as never };
}

export const linkTo = {
  payout: (payoutId: string) => link('/payouts/$payoutId', { payoutId }),
  receipt: (payoutId: string) => link('/payouts/$payoutId/receipt', { payoutId }),
  payee: (payeeId: string) => link('/payees/$payeeId', { payeeId }),
  cycle: (cycleId: string) => link('/cycles/$cycleId', { cycleId }),
  batch: (batchId: string) => link('/batches/$batchId', { batchId }),
};
