import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// Every word that somebody reads is theirs: what is wrong stands at its field, in their language, with their numbers.

const french = { locale: 'fr-FR' };
/** A name of which nothing can be seen; fields take it as filled in. */
const unseen = '\u200B';

let story: Story;
let browser: Browser;
let odile: Member;
openStage({ odile: ['owner', 'Odile'] }, (stage) => {
  ({ story, browser, odile } = stage);
});

/** What a field says is wrong with it, to whoever hears it too. */
async function saidAt(page: Page, label: string): Promise<string> {
  const field = page.getByRole('dialog').getByLabel(label);
  await field.and(page.locator('[aria-invalid=true]')).waitFor();
  const ids = (await field.getAttribute('aria-describedby'))?.split(/\s+/).filter((id) => id !== '') ?? [];
  return (await Promise.all(ids.map((one) => page.locator(`[id="${one}"]`).innerText()))).join(' ');
}

describe('somebody of the team who reads French', () => {
  it('reads what is wrong with an invitation at its fields, and no name that programs have for them', async () => {
    const { page, wrong } = await asMember(browser, odile, french);
    await page.goto(`${story.url}/people`);
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('ben@equipe');
    await dialog.getByLabel('Nom').fill(unseen);
    await dialog.getByRole('button', { name: 'Créer le lien' }).click();
    expect(await saidAt(page, 'E-mail')).toContain('Doit être une adresse e-mail, comme ana@example.com');
    expect(await saidAt(page, 'Nom')).toContain('Ne contient rien de visible');
    expect(await dialog.getByRole('alert').innerText()).not.toMatch(/name|email\b/);
    expect(await lookAt(page, 'words-invite-fr')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('reads it of a key at its field, too', async () => {
    const { page, wrong } = await asMember(browser, odile, french);
    await page.goto(`${story.url}/developers`);
    await page.getByRole('button', { name: 'Créer une clé' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom').fill(unseen);
    await dialog.getByRole('button', { name: /^Créer/ }).click();
    expect(await saidAt(page, 'Nom')).toContain('Ne contient rien de visible');
    expect(wrong).toEqual([]);
  });

  it('types and reads numbers with a comma in the settings', async () => {
    const { page, wrong } = await asMember(browser, odile, french);
    await page.goto(`${story.url}/settings`);
    const lines = page.getByRole('group', { name: 'Frais par type de gain' });
    const fees = page.getByRole('region').filter({ has: lines });
    await lines.getByRole('button', { name: 'Ajouter un type' }).click();
    await lines.getByLabel('Type de gain').fill('winner');
    const fee = lines.getByLabel('Frais de winner');
    await fee.fill('2,5');
    await fees.getByText(/^2,5\s%$/).waitFor();
    await fees.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Enregistré. Cela vaut dès maintenant.').waitFor();
    const { body } = await story.ask('GET', '/api/admin/settings');
    expect(body['feeBpsBySource']).toEqual({ winner: 250 });
    await page.reload();
    expect(await fee.inputValue()).toBe('2,5');
    expect(wrong).toEqual([]);
  });
});

describe('a payee who reads French', () => {
  it('reads what is wrong with a name at its field', async () => {
    await story.ask('POST', '/api/admin/payees', {
      externalId: 'zoe',
      name: 'Zoé',
      email: 'zoe@example.com',
    });
    const { page, wrong } = await asPayee(browser, story, 'zoe', french);
    await page.goto(`${story.url}/portal/profile`);
    const name = page.getByLabel('Nom');
    await name.fill(unseen);
    await page.getByRole('button', { name: 'Enregistrer le nom' }).click();
    await page.getByText('Ne contient rien de visible').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(wrong).toEqual([]);
  });
});

describe('the page of a batch', () => {
  it('says why nothing was sent, when it is tried again, and then that it went, by itself', async () => {
    const limit = {
      fault: 'rate_limit',
      retryAfterSeconds: 600,
      times: null,
      method: 'POST',
      path: '/v1/payments',
    };
    await story.ask('POST', '/api/sandbox/faults', limit);
    await story.ask('POST', '/api/admin/cycles', { id: 'off', name: 'Put off' });
    await story.ask('POST', '/api/admin/earnings', {
      earnings: [
        {
          sourceType: 'winner',
          externalId: 'off-ana',
          payeeExternalId: 'ana',
          cycleId: 'off',
          amount: 1000,
          currency: 'USD',
          payee: { name: 'Ana', payoutMethod: { type: 'paypal', destination: 'ana@example.com' } },
        },
      ],
    });
    const { body } = await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'off' });
    const { page, wrong } = await asMember(browser, odile);
    await page.goto(`${story.url}/batches/${String(body['batchId'])}`);
    const calls = page.getByRole('region', { name: 'Submissions to the provider' });
    await calls.getByText('Put off, nothing was sent').waitFor();
    await calls.getByText('The provider asks for a pause. It took nothing.').waitFor();
    await calls.getByText(/^It is tried again on .* UTC\.$/).waitFor();
    expect(await lookAt(page, 'words-put-off')).toEqual([]);
    await story.ask('DELETE', '/api/sandbox/faults');
    await story.advance(601);
    await calls.getByText(/^It is tried again on/).waitFor({ state: 'hidden' });
    await calls.getByRole('cell', { name: /^Accepted/ }).waitFor();
    expect(wrong).toEqual([]);
  });
});
