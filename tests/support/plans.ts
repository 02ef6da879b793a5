import type { CompiledQuery } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '../../src/store/db.ts';

const int8 = 20;

/** A database whose statements are written down, so that the server can be asked how it works on them. */
export interface WatchedDatabase extends AsyncDisposable {
  readonly db: Db;
  /** Statements since the last call, in order. */
  taken(): CompiledQuery[];
  /** What the server read for one of them; it is run again for that. */
  explain(query: CompiledQuery): Promise<Reading>;
}

interface Reading {
  /** Tables that were read from one end to the other. */
  readonly wholeTables: readonly string[];
  /** Rows that scans gave or threw away. */
  readonly rowsRead: number;
  /** The same by table. */
  readonly readOf: ReadonlyMap<string, number>;
  readonly plan: string;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

export function watch(url: string): WatchedDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    options: '-c jit=off',
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === int8 ? BigInt : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  let queries: CompiledQuery[] = [];
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => void queries.push(event.query),
  });
  return {
    db,
    taken: () => {
      const taken = queries;
      queries = [];
      return taken;
    },
    explain: async ({ sql, parameters }) => {
      const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, buffers, format json) ${sql}`,
        [...parameters],
      );
      const root = rows[0]?.['QUERY PLAN'][0].Plan;
      if (!root) throw new Error('no plan');
      return readingOf(root);
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

function readingOf(root: PlanNode): Reading {
  const nodes = flat(root).filter((node) => node['Relation Name'] !== undefined);
  const isWhole = (node: PlanNode) => node['Node Type'] === 'Seq Scan';
  return {
    wholeTables: nodes.filter(isWhole).map((node) => node['Relation Name'] ?? ''),
    rowsRead: nodes.reduce((sum, node) => sum + readBy(node), 0),
    readOf: new Map(
      [...Map.groupBy(nodes, (node) => node['Relation Name'] ?? '')].map(([table, reads]) => [
        table,
        reads.reduce((sum, node) => sum + readBy(node), 0),
      ]),
    ),
    plan: JSON.stringify(root, undefined, 1),
  };
}

function readBy(node: PlanNode): number {
  const thrownAway = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + thrownAway) * node['Actual Loops'];
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap((inner) => flat(inner))];
}
