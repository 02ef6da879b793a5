/** An earning that was taken back after it was paid, with what of it is still owed; minor units. */
export interface OwedEarning {
  readonly id: bigint;
  readonly owed: bigint;
}

/**
 * What came back of a payment counts first against those of its earnings that were taken back, oldest first: the payee holds
 * neither, and is charged once. Answers how much of each it covers; the rest of the amount covers nothing.
 */
export function coverWith(
  amount: bigint,
  earnings: readonly OwedEarning[],
): { id: bigint; amount: bigint }[] {
  const covers: { id: bigint; amount: bigint }[] = [];
  let left = amount;
  for (const { id, owed } of earnings) {
    if (left <= 0n) break;
    const covered = owed < left ? owed : left;
    covers.push({ id, amount: covered });
    left -= covered;
  }
  return covers;
}
