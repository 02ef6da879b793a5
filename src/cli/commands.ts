import { approvals } from './approval-queue.ts';
import { approve, decline } from './approvals.ts';
import { audit } from './audit.ts';
import { batch, batches, cancel, exportBatch, reconcile, retryFailed, retryPayouts } from './batches.ts';
import type { Command } from './command.ts';
import { cycles } from './cycles.ts';
import { float } from './float.ts';
import { importFile } from './import.ts';
import { key } from './keys.ts';
import { ledger } from './ledger.ts';
import { markPaid } from './mark-paid.ts';
import { outbox } from './outbox.ts';
import { payApproved } from './pay-approved.ts';
import { pay } from './pay.ts';
import { user } from './users.ts';
import { resolve } from './resolve.ts';
import { why } from './why.ts';

/** Commands that are clients of the API. */
export const allCommands: readonly Command[] = [
  pay,
  importFile,
  cycles,
  batches,
  batch,
  retryFailed,
  retryPayouts,
  exportBatch,
  why,
  reconcile,
  cancel,
  approvals,
  approve,
  decline,
  payApproved,
  markPaid,
  resolve,
  float,
  ledger,
  audit,
  key,
  outbox,
  user,
];
