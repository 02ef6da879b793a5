import type { ProviderRules } from './context.ts';

/** The providers of this process, by the name that submissions and batches carry. */
export class Providers<P extends ProviderRules = ProviderRules> {
  readonly all: readonly P[];
  readonly names: readonly string[];

  constructor(all: readonly P[]) {
    this.all = all;
    this.names = all.map(({ name }) => name);
  }

  find(name: string): P | undefined {
    return this.all.find((provider) => provider.name === name);
  }

  /** Throws for one that is not set up: what is not of these providers must not be claimed in the first place. */
  of(name: string): P {
    const found = this.find(name);
    if (found) return found;
    throw new Error(`the provider ${name} is not set up. Nothing was sent; give its credentials`);
  }
}
