import { z } from 'zod';
import { askResolution } from '../actions/resolutions.ts';
import { teamLanguageOf } from '../core/language.ts';
import { refuse } from '../core/refusal.ts';
import { findSubmission, resolutionsOf } from '../store/resolutions.ts';
import {
  presentResolution,
  presentSubmission,
  resolveBody,
  resolveView,
  submissionView,
} from '../wire/submissions.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import { accepted, ok, route } from './route.ts';

/** Words of people about one submission that are shown. */
const resolutionsMax = 50;
const params = z.object({ id: anyId });

export const submissionRoutes = [
  route({
    method: 'GET',
    path: '/submissions/:id',
    right: 'read',
    summary: 'Shows one call to a provider, and whether a person may decide what became of it.',
    answer: submissionView,
    refuses: ['submission_not_found'],
    params,
    async handle(deps, { params: { id }, language }) {
      const found = await findSubmission(deps.db, id);
      if (!found) return refuse('submission_not_found', { submissionId: id });
      const said = await resolutionsOf(deps.db, found.id, resolutionsMax);
      return ok(presentSubmission(found, said, deps.now(), teamLanguageOf(language)));
    },
  }),
  route({
    method: 'POST',
    path: '/submissions/:id/resolve',
    right: 'approve',
    stepUp: true,
    summary:
      'Says what became of a submission whose outcome only a person can find out; the provider is asked first.',
    answer: resolveView,
    status: 202,
    refuses: ['submission_not_found', 'not_resolvable'],
    params,
    body: resolveBody,
    async handle(deps, { params: { id }, body }) {
      const said = {
        submission: id,
        outcome: body.outcome,
        providerBatchId: body.outcome === 'sent' ? body.providerBatchId : null,
        evidence: body.evidence ?? null,
      };
      const asked = await afterRaces(() => askResolution(deps, said));
      if (!asked.ok) return asked;
      const { submissionId, resolution, replayed } = asked.value;
      return accepted({ submissionId, resolution: presentResolution(resolution), replayed });
    },
  }),
];
