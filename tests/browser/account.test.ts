import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { codeOfMoment } from '../../src/auth/people-totp.ts';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt, newContext, openPage } from './chromium.ts';
import { openStage } from './stage.ts';

// One's own account: from a one-time password to a second factor, a passkey, and the sessions one has.

let story: Story;
let browser: Browser;
let home: string;
let ana: Watched;
let secret = '';
const email = 'ana@team.example';
const password = 'a long password for tests';

openStage(
  {},
  async (stage) => {
    ({ story, browser } = stage);
    ana = await openPage(await newContext(browser));
  },
  async () => {
    const port = await freePort();
    // Passkeys belong to a name, and only this one works without a certificate.
    home = `http://localhost:${port}`;
    return { PORT: String(port), PUBLIC_URL: home };
  },
);

describe('somebody new', () => {
  it('chooses a password and is told to set up a second factor', async () => {
    const made = await story.ask('POST', '/api/admin/people', { email, name: 'Ana Owner', role: 'owner' });
    const { page } = ana;
    await page.goto(`${home}/settings`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(String(made.body['oneTimePassword']));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('textbox', { name: 'One-time password' }).fill(String(made.body['oneTimePassword']));
    await page.getByRole('textbox', { name: 'New password' }).fill(password);
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByRole('link', { name: 'Set it up now' }).waitFor();
  });

  it('is led from a deed that needs one to where it is set up', async () => {
    const { page } = ana;
    await page.getByRole('switch', { name: 'Try again by itself' }).press('Space');
    await page.getByRole('region', { name: 'After sending' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByRole('link', { name: 'Set up a second factor' }).click();
    await page.getByText('What you were about to do needs a second factor').waitFor();
    expect(await lookAt(page, 'account-new')).toEqual([]);
  });

  it('sets up an authenticator app with the code for the camera, and keeps the recovery codes', async () => {
    const { page, wrong } = ana;
    await page.getByRole('button', { name: 'Set up an app' }).click();
    await page.getByRole('textbox', { name: 'Your password' }).fill(password);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('figure', { name: 'Code to scan' }).waitFor();
    secret = (await page.getByText(/^([A-Z2-7]{4} ){4,}/).innerText()).replaceAll(' ', '');
    expect(await lookAt(page, 'account-qr')).toEqual([]);
    await page.getByLabel('Six digits of the app').fill(codeOfMoment(secret, Date.now()));
    await page.getByRole('button', { name: 'Check the code' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.nth(9).waitFor();
    expect(await lookAt(page, 'account-recovery-codes')).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).press('Enter');
    // Not yet: the box says that they are kept.
    expect(await codes.count()).toBe(10);
    await page.getByLabel('I have kept these codes').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Make new recovery codes' }).waitFor();
    await page.getByText('You have a second factor now').waitFor();
    await page.getByRole('link', { name: 'Back to where you were' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByRole('button', { name: 'Ana Owner' }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    expect(wrong).toEqual([]);
  });

  it('adds a passkey, signs in with it alone, and removes it', async () => {
    const { page, wrong } = ana;
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByLabel('Name of the new passkey').fill('Office laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('cell', { name: 'Office laptop', exact: true }).waitFor();
    expect(await lookAt(page, 'account')).toEqual([]);
    await page.getByRole('button', { name: 'Ana Owner' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    await page.getByRole('button', { name: 'Remove the passkey “Office laptop”' }).click();
    await page.getByText('No passkey yet.').waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees where they are signed in and ends it there', async () => {
    const other = await openPage(await newContext(browser));
    await other.page.goto(home);
    await other.page.getByLabel('E-mail').fill(email);
    await other.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.page.getByLabel('Code').waitFor();
    const { page } = ana;
    await page.getByRole('button', { name: 'Make new recovery codes' }).click();
    await page.getByRole('textbox', { name: 'Your password' }).fill(password);
    await page.getByRole('button', { name: 'Make new recovery codes' }).click();
    const first = await page
      .getByRole('list', { name: 'Recovery codes' })
      .getByRole('listitem')
      .first()
      .innerText();
    await page.getByLabel('I have kept these codes').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await other.page.getByLabel('Code').fill(first);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByRole('heading', { level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'End the other one' }).click();
    await page.getByText('One session was ended.').waitFor();
    await other.page.reload();
    await other.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  });

  it('reads the same in French', async () => {
    const { page } = ana;
    await page.getByText('Français').click();
    await page.getByRole('heading', { level: 1, name: 'Votre compte' }).waitFor();
    expect(await lookAt(page, 'account-french')).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
