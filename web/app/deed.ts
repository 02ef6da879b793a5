import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { holdDialog } from '../ui/hold.ts';
import { isProblem, lookAgain } from './api.ts';
import { askStepUp } from './step-up.tsx';

interface DeedOptions<In, Out> {
  /** What is about to be done, in words, for the step-up: "Pay 120 payees 3,000.00 USD". */
  readonly what?: (input: In) => string;
  readonly onDone?: (out: Out, input: In) => void;
}

/** A person turned away from proving themselves; nothing was done, and nothing needs to be said. */
export class TurnedAwayError extends Error {
  override readonly name = 'TurnedAwayError';
}

/**
 * Something that changes things. It carries one idempotency key per intention: pressed twice, or repeated after an answer
 * was lost, it is done once; the key is let go when it was done, as a no is not kept under it. When the server asks for a second factor it is proven in place and the same request repeated.
 * The dialog it was begun in stays until there is an answer.
 */
export function useDeed<In, Out>(
  does: (input: In, idempotencyKey: string) => Promise<Out>,
  { what, onDone }: DeedOptions<In, Out> = {},
): UseMutationResult<Out, Error, In> {
  const pressed = useRef<{ key: string; input: string } | null>(null);
  return useMutation({
    mutationFn: async (input: In) => {
      const written = JSON.stringify(input) ?? '';
      const key = pressed.current?.input === written ? pressed.current.key : crypto.randomUUID();
      pressed.current = { key, input: written };
      const letGo = holdDialog();
      return proven(() => does(input, key), what?.(input) ?? '').finally(letGo);
    },
    onSuccess: (out, input) => {
      pressed.current = null;
      onDone?.(out, input);
    },
    onSettled: () => void lookAgain(),
  });
}

async function proven<Out>(does: () => Promise<Out>, what: string): Promise<Out> {
  try {
    return await does();
  } catch (error) {
    if (!isProblem(error, 'step_up_required')) throw error;
    if (!(await askStepUp(what))) throw new TurnedAwayError();
    return does();
  }
}
