/** How the tables of sign-in are called here (migrations/0004-people.sql), for the library that writes them. */

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export const userTable = {
  modelName: 'person',
  fields: { emailVerified: 'email_verified', ...times },
} as const;

export const sessionTable = {
  modelName: 'person_session',
  fields: {
    userId: 'person_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    ...times,
  },
} as const;

export const accountTable = {
  modelName: 'person_account',
  fields: {
    accountId: 'account_id',
    providerId: 'provider_id',
    userId: 'person_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    ...times,
  },
} as const;

export const verificationTable = {
  modelName: 'person_verification',
  fields: { expiresAt: 'expires_at', ...times },
} as const;

export const rateLimitTable = {
  modelName: 'person_rate_limit',
  fields: { lastRequest: 'last_request' },
} as const;

export const twoFactorTables = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'person_two_factor',
    fields: {
      backupCodes: 'backup_codes',
      userId: 'person_id',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const;

export const passkeyTables = {
  passkey: {
    modelName: 'person_passkey',
    fields: {
      publicKey: 'public_key',
      userId: 'person_id',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at',
    },
  },
} as const;

/** Prefix of the public ids the library asks for, by its own name of the table. */
export const idPrefixes: Readonly<Record<string, string>> = {
  user: 'pe',
  session: 'ps',
  account: 'pc',
  verification: 'pv',
  twoFactor: 'tf',
  passkey: 'wk',
  rateLimit: 'pr',
};
