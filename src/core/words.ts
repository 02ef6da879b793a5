/** A number with its noun: "1 row", "2 rows", "0 rows". */
export function counted(count: number | bigint, one: string, many: string): string {
  return `${count} ${count === 1 || count === 1n ? one : many}`;
}
