import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../../app/me.ts';
import type { Cycle } from '../../client/types.ts';
import { batchQuery, isOver } from '../batches/batch-query.ts';

/** Which batch the progress dialog follows, and whether it is open. */
export interface Following {
  readonly batchId: string | null;
  readonly opened: boolean;
  readonly open: (batchId: string) => void;
  readonly close: () => void;
}

/**
 * The dialog is open because a batch is being paid, not because a button was pressed: after a reload it is there again, and
 * when the batch is over it is gone. One's own run opens it; that of somebody else is a note with a button.
 */
export function useFollowing(cycle: Cycle): Following {
  const me = useQuery(meQuery).data?.id;
  const [choice, setChoice] = useState<{ batchId: string; opened: boolean } | null>(null);
  const { activeBatchId, activeBatchStartedById } = cycle;
  // One that was just started is followed before the cycle is read anew.
  const batchId =
    choice !== null && choice.opened ? choice.batchId : (activeBatchId ?? choice?.batchId ?? null);
  const batch = useQuery({ ...batchQuery(batchId ?? ''), enabled: batchId !== null }).data;
  // What only the provider can move on may take days, and is no reason to open a dialog at every visit.
  const isMine = activeBatchId !== null && activeBatchStartedById === me && batch?.resting === false;
  const wanted = choice !== null && choice.batchId === batchId ? choice.opened : isMine;
  return {
    batchId,
    // What was just started is followed at once, before it was read: the page below would still offer to pay.
    opened: wanted && (batch === undefined ? choice?.opened === true : !isOver(batch)),
    open: (id) => setChoice({ batchId: id, opened: true }),
    close: () => {
      if (batchId !== null) setChoice({ batchId, opened: false });
    },
  };
}
