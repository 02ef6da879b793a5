/** The secret that was given does not open what the database holds. */
export class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';
}
