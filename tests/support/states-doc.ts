import { attemptStateFor, bucketOf } from '../../src/core/attempt.ts';
import { explain } from '../../src/core/next-step.ts';
import { explainToPayee } from '../../src/core/payee-words.ts';
import { payoutEvents, payoutStates, placeOf, step } from '../../src/core/payout.ts';
import { stepSubmission, submissionEvents, submissionStates } from '../../src/core/submission.ts';

type Cells = readonly string[];

function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** States as rows, events as columns; a dot where nothing changes, nothing where the event is refused. */
function transitions<S extends string, E extends string>(
  states: readonly S[],
  events: readonly E[],
  next: (state: S, event: E) => string,
): string {
  const cell = (to: string) => (to === 'refuse' ? '' : to === 'same' ? '·' : to);
  return table(
    ['', ...events],
    states.map((state) => [`**${state}**`, ...events.map((event) => cell(next(state, event)))]),
  );
}

function words(): string {
  return table(
    ['state', 'operator reads', 'what happens next', 'waiting on', 'money', 'attempt', 'bucket'],
    payoutStates.map((state) => {
      const situation = { state, submissionState: null, reasonCode: null, unclaimedUntil: '*date*' };
      const { label, nextStep, waitingOn } = explain(situation);
      const attempt = attemptStateFor(state);
      return [`\`${state}\``, label, nextStep, waitingOn, placeOf(state), attempt, bucketOf(attempt)];
    }),
  );
}

function payeeWords(): string {
  return table(
    ['state', 'payee reads', 'what happens next', 'waiting on'],
    payoutStates.map((state) => {
      const situation = { state, submissionState: null, reasonCode: null, unclaimedUntil: '*date*' };
      const { label, nextStep, waitingOn } = explainToPayee(situation, 'en');
      return [`\`${state}\``, label, nextStep, waitingOn];
    }),
  );
}

/** The text of docs/states.md, from the tables that decide. */
export function statesDocument(): string {
  const unknown = explain({
    state: 'sending',
    submissionState: 'unknown',
    reasonCode: null,
    unclaimedUntil: null,
  });
  const handedOver = explain({
    state: 'sending',
    submissionState: 'unknown',
    reasonCode: null,
    unclaimedUntil: null,
    handedOver: true,
  });
  return `# States

Generated from \`src/core\`; a test fails when it is stale, and writes it with \`UPDATE_DOCS=1\`.

In the tables of transitions a dot means that nothing changes (it is known already, or out of date), an empty field that
the event is refused there (a fact of the provider becomes an alert).

## What people read

${words()}

A payout in \`sending\` whose submission is \`unknown\` reads: **${unknown.label}**. ${unknown.nextStep}
Once the provider has forgotten its key: **${handedOver.label}**. ${handedOver.nextStep} It waits on ${handedOver.waitingOn}.

## What the payee reads

\`you\` is the payee here, \`platform\` whoever pays them.

${payeeWords()}

## Payout

${transitions(payoutStates, payoutEvents, step)}

## Submission

${transitions(submissionStates, submissionEvents, stepSubmission)}
`;
}
