import type { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { api } from './api.ts';

type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
/** What the device answered, for the server to check. */
type Proof = { [fact: string]: unknown; id: string };

/** Talks to devices; loaded when one is asked. */
const devices = async () => await import('@simplewebauthn/browser');

/** Asks the device to prove who holds it; the answer goes to sign-in or to a step-up. */
export async function provePasskey(): Promise<Proof> {
  const [options, { startAuthentication }] = await Promise.all([
    api.get('/api/auth/passkey/generate-authenticate-options') as Promise<unknown>,
    devices(),
  ]);
  return { ...(await startAuthentication({ optionsJSON: options as AuthenticationOptions })) };
}

/** Makes a new passkey on this device. */
export async function makePasskey(): Promise<Proof> {
  const [options, { startRegistration }] = await Promise.all([
    api.get('/api/auth/passkey/generate-register-options') as Promise<unknown>,
    devices(),
  ]);
  return { ...(await startRegistration({ optionsJSON: options as RegistrationOptions })) };
}

/** True when a person, or their device, said no to being asked, or was not asked in time. Nothing was sent anywhere. */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof Error && ['NotAllowedError', 'AbortError', 'TurnedAwayError'].includes(error.name);
}
