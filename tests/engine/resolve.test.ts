import { expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import * as send from '../../src/engine/send.ts';
import { LookupFailedError } from '../../src/providers/provider.ts';
import type { World } from '../support/world.ts';
import { winners } from '../support/world.ts';
import {
  alertKinds,
  another,
  differences,
  everything,
  payOk,
  retry,
  stage,
  submissionStates,
  tally,
  workUntilRest,
} from './harness.ts';
import { audited, dayMs, results, say, stuck } from './resolving.ts';

it('takes "not sent" when nothing speaks against it: the attempts fail, and a retry pays once under a new key', async () => {
  const { world, model, batch } = await stuck('lost_before');
  expect(await say(world, 'not_sent')).toMatchObject({ ok: true, value: { replayed: false } });
  expect(await tally(world)).toEqual({ sending: 3 });
  await send.runOnce(world, everything);
  expect(await results(world)).toEqual(['not_sent']);
  expect(await submissionStates(world)).toEqual(['rejected']);
  expect(await tally(world)).toEqual({ failed: 3 });
  expect(await alertKinds(world)).toEqual([]);
  expect(await differences(world)).toEqual([]);
  expect(await retry(world, batch)).toMatchObject({ ok: true, value: { totalItems: 3 } });
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.batches).toHaveLength(1);
  expect(model.overpaid()).toEqual([]);
  expect(await differences(world)).toEqual([]);
  expect(await audited(world)).toEqual(['submission.resolve_asked by ann', 'submission.resolved by ann']);
});

it('believes "sent" only after every item and amount was compared, and then follows the batch', async () => {
  const { world, model } = await stuck('lost_after');
  await say(world, 'sent', { batch: 'MODEL1' });
  expect(await tally(world)).toEqual({ sending: 3 });
  await workUntilRest(world);
  expect(await results(world)).toEqual(['accepted']);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.arrivals).toHaveLength(1);
  expect(await alertKinds(world)).toEqual([]);
  expect(await differences(world)).toEqual([]);
});

it('does not believe "sent" of a batch that holds something else, and changes nothing', async () => {
  const { world, model } = await stuck('lost_before');
  const other = { itemReference: 'x', receiver: 'x@example.com', amount: 1000n, currency: 'USD' };
  const items = [{ ...other, status: 'completed' as const }];
  model.batches.push({ id: 'OTHER', key: 'other', bytes: '', items, acceptedAt: 0, denied: false });
  await say(world, 'sent', { batch: 'OTHER' });
  await send.runOnce(world, everything);
  expect(await results(world)).toEqual(['contradicted']);
  expect(await submissionStates(world)).toEqual(['unknown']);
  expect(await tally(world)).toEqual({ sending: 3 });
  expect(await alertKinds(world)).toEqual(['key_expired', 'outcome_unknown']);
  expect(await say(world, 'not_sent')).toMatchObject({ ok: true });
});

it('gives "sent" back undecided when the provider never shows the batch', async () => {
  const { world } = await stuck('lost_before');
  await say(world, 'sent', { batch: 'NOWHERE' });
  for (let round = 0; round < 6; round += 1) {
    await send.runOnce(world, everything);
    world.advance(60_000);
  }
  expect(await results(world)).toEqual(['unconfirmed']);
  expect(await tally(world)).toEqual({ sending: 3 });
});

it('lets nobody decide while the same bytes can still be sent again, and says from when', async () => {
  const { world, faults } = await stage(winners(3));
  await payOk(world);
  const early = await say(world, 'not_sent');
  expect(early).toMatchObject({ ok: false, code: 'not_resolvable' });
  faults.always = { send: 'lost_before' };
  await send.runOnce(world, everything);
  const refused = await say(world, 'not_sent');
  expect(refused).toMatchObject({ ok: false, code: 'not_resolvable', status: 409 });
  const at = refused.ok ? '' : (refused.details['resolvableAt'] as string);
  world.advance(Date.parse(at) - world.now().getTime());
  expect(await say(world, 'not_sent')).toMatchObject({ ok: true });
});

it('lets nobody decide what is proven', async () => {
  const { world } = await stage(winners(3));
  await payOk(world);
  await workUntilRest(world);
  expect(await say(world, 'not_sent')).toMatchObject({
    ok: false,
    code: 'not_resolvable',
    details: { reason: 'the provider has it' },
  });
  expect(await say(world, 'sent', { batch: 'MODEL1' })).toMatchObject({ ok: false, code: 'not_resolvable' });
});

it('hears one of two people with different answers, and tells the other of them', async () => {
  const from = await stuck('lost_after');
  const second = await another(from);
  const answers = await Promise.all([
    say(from.world, 'not_sent', { name: 'ann' }),
    say(second, 'sent', { batch: 'MODEL1', name: 'bob' }),
  ]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  const refused = answers.find((answer) => !answer.ok);
  expect(refused).toMatchObject({
    code: 'not_resolvable',
    details: { reason: expect.stringMatching(/^(ann|bob) has said/) },
  });
  await send.runOnce(from.world, everything);
  expect(await results(from.world)).toHaveLength(1);
});

it('answers the same word said twice with the first one', async () => {
  const from = await stuck('lost_before');
  const answers = await Promise.all([say(from.world, 'not_sent'), say(await another(from), 'not_sent')]);
  expect(answers.filter((answer) => answer.ok && answer.value.replayed)).toHaveLength(1);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
});

it('after a refusal while the key lives, "not sent" counts only when the provider refuses the same bytes again', async () => {
  const { world, model, faults, batch } = await refused('lost_before');
  faults.on('send', 'insufficient_funds');
  await say(world, 'not_sent');
  await send.runOnce(world, everything);
  expect(await results(world)).toEqual(['not_sent']);
  expect(await tally(world)).toEqual({ failed: 3 });
  expect(await retry(world, batch)).toMatchObject({ ok: true });
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.overpaid()).toEqual([]);
  expect(await differences(world)).toEqual([]);
});

it.each(['lost_before', 'lost_after'] as const)(
  'after a refusal while the key lives, "not sent" loses against a provider that has it or takes it now (%s)',
  async (fault) => {
    const { world, model, faults } = await refused(fault);
    await say(world, 'not_sent');
    faults.on('send', 'lost_before');
    await send.runOnce(world, everything);
    expect(await results(world)).toEqual(['open']);
    world.advance(60_000);
    await send.runOnce(world, everything);
    expect(await results(world)).toEqual(['contradicted']);
    await workUntilRest(world);
    expect(await tally(world)).toEqual({ completed: 3 });
    expect(model.batches).toHaveLength(1);
    expect(model.overpaid()).toEqual([]);
  },
);

/** The first send was lost; the second one was refused for want of funds, which says nothing of the first. */
async function refused(fault: 'lost_before' | 'lost_after') {
  const from = await stage(winners(3));
  from.faults.on('send', fault);
  const batch = await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(60_000);
  const poor = Object.assign(Object.create(from.model), { send: async () => Promise.resolve(noFunds) });
  await send.runOnce({ ...from.world, providers: new Providers([poor as World['provider']]) }, everything);
  from.world.advance(60_000);
  return { ...from, batch };
}

const noFunds = {
  kind: 'rejected',
  code: 'insufficient_funds',
  message: 'not enough funds',
  bad: [],
  certainAfterLoss: false,
  evidence: '422 INSUFFICIENT_FUNDS',
} as const;

/** The model, which also answers what it holds under a key. */
function answering(world: World, findByKey: (key: string) => Promise<string | null>): World {
  const provider = Object.assign(Object.create(world.provider), { findByKey }) as World['provider'];
  return { ...world, provider, providers: new Providers([provider]) };
}

it('looks by the key where the provider answers that, and believes it more than the person', async () => {
  const { world, model } = await stuck('lost_after');
  await say(world, 'not_sent');
  const asked: string[] = [];
  const find = async (key: string) => {
    asked.push(key);
    if (asked.length === 1) throw new LookupFailedError('no answer');
    return Promise.resolve(model.batches.find((held) => held.key === key)?.id ?? null);
  };
  await send.runOnce(answering(world, find), everything);
  expect(await results(world)).toEqual(['open']);
  expect(await tally(world)).toEqual({ sending: 3 });
  world.advance(60_000);
  await send.runOnce(answering(world, find), everything);
  expect(await results(world)).toEqual(['contradicted']);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 3 });
  expect(model.overpaid()).toEqual([]);
});

it('a worker that dies while it checks leaves the question open for the next one', async () => {
  const { world } = await stuck('lost_before');
  await say(world, 'not_sent');
  const dying = async () => Promise.reject(new Error('killed'));
  await expect(send.runOnce(answering(world, dying), everything)).rejects.toThrow('killed');
  expect(await results(world)).toEqual(['open']);
  expect(await say(world, 'sent', { batch: 'MODEL1', name: 'bob' })).toMatchObject({ ok: false });
  world.advance(dayMs);
  await send.runOnce(world, everything);
  expect(await results(world)).toEqual(['not_sent']);
});
