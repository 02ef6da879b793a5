import { TroubleNote } from '../../app/trouble.tsx';

/** A page that could not be drawn; what stands around it stays. */
export function PageTrouble({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <TroubleNote error={error} onRetry={reset} />;
}
