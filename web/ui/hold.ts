import { createContext, useContext, useLayoutEffect, useState } from 'react';

/** An open dialog: how many of its deeds are on their way, and how it is told when that changes. */
interface Holding {
  deeds: number;
  readonly told: (deeds: number) => void;
}

/** Dialogs that are open, the one on top last. Those below can be neither reached nor closed. */
const standing: Holding[] = [];

function change(holding: Holding | undefined, by: 1 | -1): void {
  if (holding === undefined) return;
  holding.deeds += by;
  holding.told(holding.deeds);
}

/**
 * Something was begun that changes things: until it is known what became of it, the dialog it was begun in cannot be closed, which
 * would look as if nothing were. Answers how it is let go; without a dialog nothing is held.
 */
export function holdDialog(): () => void {
  const holding = standing.at(-1);
  change(holding, 1);
  return () => change(holding, -1);
}

/** Of a dialog: whether it is held, for its looks, and whether it may be closed at this moment. */
export function useHolding(opened: boolean): { held: boolean; mayClose: () => boolean } {
  const [deeds, told] = useState(0);
  const [holding] = useState<Holding>(() => ({ deeds: 0, told }));
  useLayoutEffect(() => {
    if (!opened) return undefined;
    standing.push(holding);
    return () => void standing.splice(standing.indexOf(holding), 1);
  }, [opened, holding]);
  return { held: deeds > 0, mayClose: () => holding.deeds === 0 && standing.at(-1) === holding };
}

/** Whether the dialog around is held. */
export const HeldContext = createContext(false);

export function useHeld(): boolean {
  return useContext(HeldContext);
}
