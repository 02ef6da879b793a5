/** A sealed value and where it belongs, such as `payout_method:pm_1:7`: it opens nowhere else. */
export interface Placed {
  readonly sealed: Uint8Array;
  readonly place: string;
}

/**
 * Keeps what a thief of the database must not read. A value is sealed for the place it belongs to; opened for another
 * place, or changed by a single bit, it throws. Where something is opened, `from` is the database or transaction that
 * keys are read from which another process has made meanwhile.
 */
export interface Vault<From> {
  /** The data key that new values are sealed under. */
  readonly keyId: number;
  seal(text: string, place: string): Uint8Array;
  sealBytes(bytes: Uint8Array, place: string): Uint8Array;
  openBytes(from: From, sealed: Uint8Array, place: string): Promise<Uint8Array>;
  /** Texts in the order of the values. */
  openAll(from: From, values: readonly Placed[]): Promise<string[]>;
  /** The same for the same text, for ever: equal addresses are found without being read. */
  fingerprint(text: string): string;
  /** HMAC-SHA-256 in hex: proves that whoever wrote these bytes had the secret. The same for ever, also after a rotation. */
  mac(bytes: Uint8Array): string;
  /** A secret of its own for something else, such as `sign-in`; the same for ever, also after a rotation. */
  derive(name: string): string;
}
