/** A change to the source that re-creates a mistake found in real payout systems. The tests must catch each one. */
export interface Defect {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const defects: readonly Defect[] = [
  {
    name: 'canary: every submission is sent a second time under another key',
    file: 'src/engine/send.ts',
    find: 'const outcome = await provider.send(frozen);',
    replace: `await provider.send({ ...frozen, providerKey: frozen.providerKey + '-x' });
  const outcome = await provider.send(frozen);`,
  },
  {
    name: 'a new key for every send',
    file: 'src/engine/send.ts',
    find: 'const outcome = await provider.send(frozen);',
    replace:
      "const outcome = await provider.send({ ...frozen, providerKey: frozen.providerKey + '-' + submission.sendCount });",
  },
  {
    name: 'the bytes leave before the commit that says so',
    file: 'src/engine/send.ts',
    find: 'const frozen = await beginSend(',
    replace: `const { itemsOf } = await import('../store/attempts.ts');
  const rows = await itemsOf(ctx.db, ctx.vault, submission.id);
  const early = { providerKey: submission.providerKey, body: prepare(provider, submission.providerKey, submission.currency, rows) };
  await provider.send(early);
  const frozen = await beginSend(`,
  },
  {
    name: 'an unknown outcome is treated as a failure',
    file: 'src/actions/submissions.ts',
    find: 'else await unknown(tx, ctx, row, outcome);',
    replace: `else await rejected(tx, ctx, row, { kind: 'rejected', code: 'provider_error', message: outcome.cause, bad: [],
      certainAfterLoss: true, evidence: 'timeout' });`,
  },
  {
    name: 'a refusal after a lost answer is treated as proof',
    file: 'src/actions/submissions.ts',
    find: "if ((row.state === 'unknown' || row.earlierCallOpen) && !outcome.certainAfterLoss) {",
    replace: "if (row.state === 'planned') {",
  },
  {
    name: 'a deferral after a lost answer makes the submission unsent again',
    file: 'src/core/submission.ts',
    find: "claim: 'same',\n    defer: 'same',",
    replace: "claim: 'same',\n    defer: 'planned',",
  },
  {
    name: 'a duplicate is adopted without comparing',
    file: 'src/engine/adopt.ts',
    find: 'const problem = await findProblem(ctx, submission, providerBatchId);',
    replace: 'const problem = (await Promise.resolve(null)) as Awaited<ReturnType<typeof findProblem>>;',
  },
  {
    name: 'an event of an old attempt moves the payout',
    file: 'src/actions/outcomes.ts',
    find: 'if (!attempt.last || hasMovedOn(attempt)) return',
    replace: 'if (hasMovedOn(attempt)) return',
  },
  {
    name: 'only the first page is read',
    file: 'src/engine/walk.ts',
    find: 'const more = page.hasMore && ',
    replace: 'const more = false && ',
  },
  {
    name: 'the fence is ignored',
    file: 'src/store/submissions.ts',
    find: 'where s.id = ${id} and s.fence = ${fence} for update',
    replace: 'where s.id = ${id} and s.fence >= ${fence} for update',
  },
  {
    name: 'the life of the key is ignored',
    file: 'src/core/submission.ts',
    find: "if (submission.keyValidUntil === null || submission.state === 'planned') return null;",
    replace: "if (submission.state !== 'cancelled') return null;",
  },
  {
    name: 'what may have been sent is cancelled',
    file: 'src/store/submissions.ts',
    find: "s.state = 'planned' order by s.id\n        for update) and s.state = 'planned'",
    replace: "s.state in ('planned', 'sending', 'unknown') order by s.id\n        for update)",
  },
  {
    name: '"not sent" is believed more than an event',
    file: 'src/actions/resolutions.ts',
    find: 'if (state === null || (await hasEventFor(tx, row.provider, row.providerKey))) return false;',
    replace: 'if (state === null || (await hasEventFor(tx, row.provider, "none"))) return false;',
  },
  {
    name: 'what turned out to be sent is paid again',
    file: 'src/store/doubts.ts',
    find: 'where d.payout_id = p.id and (d.told',
    replace: 'where d.payout_id = -p.id and (d.told',
  },
  {
    name: 'an answer is lost with the lease',
    file: 'src/store/resolutions.ts',
    find: "where id = ${id} and (state = 'unknown' or",
    replace: "where id = -${id} and (state = 'unknown' or",
  },
  {
    name: 'what the provider does not list is taken as failed',
    file: 'src/engine/poll.ts',
    find: "if (read.progress === 'denied') await",
    replace: "if (read.progress === 'denied' || read.seen.size < submission.itemCount) await",
  },
  {
    name: 'an unclaimed payment is sent again',
    file: 'src/store/eligibility.ts',
    find: "where p.cycle_id = ${scope.cycleId} and p.state = 'failed'",
    replace: "where p.cycle_id = ${scope.cycleId} and p.state in ('failed', 'unclaimed')",
  },
  {
    name: 'a payment that comes back after success is overlooked',
    file: 'src/core/payout.ts',
    find: "complete: 'same',\n    return: 'returned',",
    replace: "complete: 'same',\n    return: 'same',",
  },
  {
    name: 'a change of state forgets the books',
    file: 'src/actions/outcomes.ts',
    find: 'return fact ? [{ ...fact, to: item.to }] : [];',
    replace: "return fact && item.to !== 'failed' ? [{ ...fact, to: item.to }] : [];",
  },
  {
    name: 'an item that the provider lists twice is counted twice',
    file: 'src/engine/walk.ts',
    find: 'if (known === undefined) fresh.push(item);',
    replace: 'if (known === undefined || number === 1) fresh.push(item);',
  },
  {
    name: 'a poison item makes its neighbours travel while they are failed too',
    file: 'src/actions/submissions.ts',
    find: 'const failing = quarantine ? named : open;',
    replace: 'const failing = open;',
  },
  {
    name: 'a status that is not known counts as failed',
    file: 'src/actions/outcomes.ts',
    find: 'if (report.status === null) {',
    replace:
      "if (report.status === null) report = { ...report, status: 'failed' };\n  if (report.status === null) {",
  },
  {
    name: 'events are filed although they point at nothing known yet',
    file: 'src/engine/receive.ts',
    find: 'if (found > 0 || event.tries + 1 >= eventTriesMax)',
    replace: 'if (found >= 0 || event.tries + 1 >= eventTriesMax)',
  },
];
