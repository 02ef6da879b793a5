import recorded from './openapi-samples.json' with { type: 'json' };

/** A call as it was made once, and what came back. */
interface Sample {
  readonly body?: unknown;
  readonly answer?: unknown;
}

/** The recorded call of an operation; empty when there is none. */
export type SampleOf = (operationId: string) => Sample;

const samples: Readonly<Record<string, Sample>> = recorded;

/**
 * Examples of the document: real calls on a real server, which a test makes again and compares (`tests/api/samples.test.ts`
 * writes them with UPDATE_DOCS=1).
 */
export function sampleOf(operationId: string): Sample {
  return samples[operationId] ?? {};
}
