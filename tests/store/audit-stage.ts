import { auditAll } from '../../src/actions/audit.ts';
import { sealPage } from '../../src/actions/audit-seal.ts';
import { verifyAudit } from '../../src/actions/audit-verify.ts';
import type { ActionContext } from '../../src/actions/context.ts';
import type { Db } from '../../src/store/db.ts';
import { transaction } from '../../src/store/db.ts';
import { makeWorld } from '../support/world.ts';

/** A context that writes and seals with the key; `actor` says who does what follows. */
export async function scribe(db: Db, worker?: string): Promise<ActionContext> {
  const world = await makeWorld({ db, ...(worker === undefined ? {} : { worker }) });
  const actor = {
    kind: 'person',
    id: 'pn_ann',
    name: 'Ann',
    ip: '10.0.0.1',
    userAgent: 'test',
    requestId: 'rq1',
  } as const;
  return { ...world, actor };
}

/** Writes `count` events in one transaction; each differs from the others in everything that may differ. */
export async function write(ctx: ActionContext, count: number, name = 'payee'): Promise<void> {
  const deeds = Array.from({ length: count }, (_, index) => ({
    event: `${name}.changed`,
    subject: { type: name, id: `${name}-${index}` },
    before: { name: `old ${index}` },
    after: { name: `new ${index}` },
  }));
  await transaction(ctx.db, (tx) => auditAll(tx, ctx, deeds));
}

/** Seals until nothing waits; answers how many were sealed. */
export async function sealAll(ctx: ActionContext): Promise<number> {
  for (let sealed = 0; ;) {
    const page = await sealPage(ctx);
    if (!page) return sealed;
    sealed += page.events;
  }
}

/** The rules that are broken, and where. */
export async function broken(ctx: ActionContext, anchor: Parameters<typeof verifyAudit>[1] = null) {
  const { differences } = await verifyAudit(ctx, anchor);
  return differences.map(({ rule, subject }) => `${rule}: ${subject}`);
}
