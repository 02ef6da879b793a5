/** An address as people see it: enough to recognise it, not enough to use it. `jane@example.com` is `j***@example.com`. */
export function mask(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${firstOf(address)}***${address.slice(at)}`;
  if (address.length <= 4) return '***';
  return `${address.slice(0, 2)}***${address.slice(-2)}`;
}

function firstOf(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 42);
}
