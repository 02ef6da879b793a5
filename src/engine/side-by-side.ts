/**
 * Runs `work` over the items in their order, at most `atOnce` of them side by side. The first that throws stops further ones
 * from beginning; those under way come to their end before it is thrown.
 */
export async function sideBySide<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // One iterator for all: each worker takes what no other has taken.
  const queue = items[Symbol.iterator]();
  const failed: unknown[] = [];
  const worker = async () => {
    for (const item of queue) {
      try {
        await work(item);
      } catch (error) {
        failed.push(error);
      }
      if (failed.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failed.length > 0) throw failed[0];
}
