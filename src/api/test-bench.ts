import type {
  EffectFacts,
  FaultFacts,
  FaultRule,
  ProviderClock,
  SandboxBalance,
  SandboxSide,
} from '../wire/sandbox.ts';

/** Effects of one provider, after an id. */
interface EffectsPage {
  readonly provider: SandboxSide;
  readonly after: bigint;
  readonly limit: number;
  readonly reference: string | null;
}

/** What an installation whose providers are all sandboxes can be told. It reaches sandboxes only, never a provider. */
export interface TestBench {
  /** How far Purser's clock is ahead of the machine, in seconds, as this process knows it. */
  offsetSeconds(): number;
  /** Takes a new offset at once in this process, and moves the sandboxes there; one that is away follows later. */
  reach(offsetSeconds: number): Promise<void>;
  providerClocks(): Promise<ProviderClock[]>;
  /** Effects in the order they happened, after an id; only those of one reference when it is given. */
  effects(page: EffectsPage): Promise<EffectFacts[]>;
  /** Sets what one account holds now; false when its provider has no such currency or takes no such amount of it. */
  setBalance(balance: SandboxBalance): Promise<boolean>;
  faults(): Promise<FaultFacts[]>;
  addFaults(rules: readonly FaultRule[]): Promise<FaultFacts[]>;
  clearFaults(): Promise<void>;
}

/** A sandbox did not answer. */
export class SandboxAwayError extends Error {
  override readonly name = 'SandboxAwayError';
}
