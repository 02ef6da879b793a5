import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../web/client/client.ts';
import { faultAt, fieldOf } from '../../web/app/form-fields.ts';
import { filesBelow } from '../support/tidy/files.ts';
import { projectRoot } from '../support/processes.ts';

// What is wrong with what a form sent stands at its field, or is called what the form calls it: never what a program calls it.

const refused = (...errors: { path: string; message: string }[]) =>
  new ProblemError(
    {
      type: 'urn:purser:problem:invalid_request',
      title: 'Invalid request',
      status: 422,
      detail: '',
      code: 'invalid_request',
      requestId: 'rq_1',
      userMessage: 'Some values are not valid.',
      actionRequired: 'Correct the listed values.',
      retryable: false,
      errors,
    },
    null,
  );

describe('what is wrong with a form', () => {
  it('is a sentence at its field, also when it lies in a part of it', () => {
    const error = refused(
      { path: 'name', message: 'must not be empty' },
      { path: 'scope.1', message: 'is no part of the API; one of payees' },
      { path: 'minimumPayout.HTG', message: 'must be 1 or more' },
    );
    expect(faultAt(error, 'name')).toBe('Must not be empty');
    expect(faultAt(error, 'scope')).toBe('Is no part of the API; one of payees');
    expect(faultAt(error, 'minimumPayout.HTG')).toBe('Must be 1 or more');
    expect(faultAt(error, 'minimumPayout.USD')).toBeUndefined();
    expect(faultAt(error, 'nam')).toBeUndefined();
    expect(faultAt(new Error('away'), 'name')).toBeUndefined();
  });

  it('has the name that its form gave it: of the whole path, else of the part it lies in', () => {
    const fields = { fees: 'Fees', 'fees.winner': null, rateId: undefined };
    expect(fieldOf('fees.ticket', fields)).toBe('Fees');
    expect(fieldOf('fees.winner', fields)).toBeNull();
    expect(fieldOf('rateId', fields)).toBeUndefined();
    expect(fieldOf('stranger', fields)).toBeUndefined();
  });

  it('is named by every form there is', () => {
    const forms = filesBelow(projectRoot, 'web', ['.tsx']).filter(({ text }) => text.includes('<form'));
    expect(forms.length).toBeGreaterThan(20);
    const silent = forms.flatMap(({ path, text }) =>
      [...text.matchAll(/<(?:Trouble|DeedTrouble|TroubleNote)\b[^>]*>/g)]
        .filter(([note]) => !note.includes('fields=') && !note.includes('onRetry='))
        .map(([note]) => `${path}: ${note}`),
    );
    expect(silent.filter((one) => !asksNothing.some((form) => one.startsWith(form)))).toEqual([]);
  });
});

/** Nothing that somebody typed or chose is sent there. */
const asksNothing = [
  'web/console/account/passkeys.tsx: <TroubleNote error={error ?? remove.error}',
  'web/console/status/resolve-dialog.tsx: <TroubleNote error={error}',
  'web/portal/profile/profile-page.tsx: <TroubleNote error={leave.error}',
];
