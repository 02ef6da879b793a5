/** Stands between an account and its holder in the address of a bank method. */
const separator = ' | ';

/** The address of a bank method: `DE89370400440532013000 | Ana Lopez`, or `ROUTING/ACCOUNT | Ana Lopez`. */
export function bankDestination(account: string, holder: string): string {
  return account + separator + holder;
}

/** The parts of a bank address; one that was given as it is has no holder. */
export function bankAccountOf(destination: string): { account: string; holder: string | null } {
  const at = destination.indexOf(separator);
  if (at < 0) return { account: destination, holder: null };
  return { account: destination.slice(0, at), holder: destination.slice(at + separator.length) };
}
