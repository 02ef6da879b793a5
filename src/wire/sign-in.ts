import { z } from 'zod';
import { wholeListView } from './shapes.ts';

// What the sign-in of the team answers. Tokens of sessions are in the cookie only.

export const doneView = z.strictObject({ success: z.literal(true) });
export const signedInView = z.strictObject({
  success: z.boolean(),
  secondFactorNeeded: z.boolean().meta({ examples: [false] }),
});
export const tellView = z.strictObject({
  id: z.string().meta({ examples: ['ps_0199d2a0'] }),
  expiresAt: z.iso.datetime(),
});

const backupCodes = z.array(z.string().meta({ examples: ['shown-once'] }));
export const codesView = z.strictObject({ backupCodes });
export const totpView = z.strictObject({
  backupCodes,
  totpURI: z.string().meta({ examples: ['otpauth://totp/Purser:ana@example.com?secret=SHOWNONCE'] }),
});

/** WebAuthn, PublicKeyCredentialCreationOptions and PublicKeyCredentialRequestOptions as JSON. */
export const challengeView = z.looseObject({ challenge: z.string() });
export const addedView = z.strictObject({ id: z.string() });
export const passkeysView = wholeListView(
  z.strictObject({
    id: z.string(),
    name: z.string().nullish(),
    deviceType: z.string().meta({ examples: ['multiDevice'] }),
    createdAt: z.iso.datetime().nullish(),
  }),
);
