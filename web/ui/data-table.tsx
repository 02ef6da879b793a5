import { Box, Card, Checkbox, Group, Skeleton, Stack, Table, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Rows drawn while the first page is on its way, unless fewer are to be expected. */
const skeletonRows = 6;
const narrow = '(max-width: 40em)';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their column. */
  readonly end?: boolean;
  /** It counts something, which its head says: in a card it stands beside that, not beside the name. */
  readonly isCount?: boolean;
  /** The cell that names the row; the first one unless said. */
  readonly names?: boolean;
  /** Words that take the whole width of a card. */
  readonly wide?: boolean;
  /** The cell says nothing of this row: a card leaves its line out. */
  readonly isMute?: (row: Row) => boolean;
}

interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly labelAll: string;
  readonly labelRow: (name: string) => string;
}

interface DataTableProps<Row> {
  /** Read by screen readers as the name of the table. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly idOf: (row: Row) => string;
  readonly selection?: Selection;
  /** About how many rows there will be, where they are few. */
  readonly expected?: number;
  /** It may have more columns than there is room for: then it scrolls sideways, alone, and by keyboard too. */
  readonly isWide?: boolean;
  /** Stands in place of the table when there are no rows. */
  readonly empty: ReactNode;
}

/** Rows in columns; on a narrow screen one card per row, so that nothing scrolls sideways. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const isNarrow = useMediaQuery(narrow, window.matchMedia(narrow).matches);
  const { rows, empty } = props;
  if (rows?.length === 0) return <>{empty}</>;
  return isNarrow ? <Cards {...props} /> : <Rows {...props} />;
}

function Rows<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, idOf, selection, expected, isWide = false } = props;
  const ids = rows?.map((row) => idOf(row)) ?? [];
  const region = isWide
    ? { type: 'native' as const, role: 'region', 'aria-label': caption, tabIndex: 0 }
    : { scrollAreaProps: { offsetScrollbars: 'present' as const } };
  return (
    <Table.ScrollContainer minWidth={0} {...region}>
      <Table verticalSpacing={isWide ? 'xs' : 'sm'} highlightOnHover aria-busy={rows === undefined}>
        <VisuallyHidden component="caption">{caption}</VisuallyHidden>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th w={44}>
                <ChooseAll ids={ids} selection={selection} />
              </Table.Th>
            )}
            {columns.map((column) => (
              <Table.Th key={column.key} scope="col" className={column.end === true ? 'column-end' : ''}>
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows?.map((row) => (
            <Table.Tr key={idOf(row)}>
              {selection && (
                <Table.Td>
                  <ChooseRow id={idOf(row)} selection={selection} />
                </Table.Td>
              )}
              {columns.map((column) => (
                <Table.Td key={column.key} className={column.end === true ? 'column-end amount' : ''}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          )) ?? <SkeletonRows rows={expected} columns={columns.length + (selection ? 1 : 0)} />}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function SkeletonRows({
  rows = skeletonRows,
  columns,
}: {
  readonly rows: number | undefined;
  readonly columns: number;
}) {
  return Array.from({ length: rows }, (_, row) => (
    <Table.Tr key={row}>
      {Array.from({ length: columns }, (_unused, column) => (
        <Table.Td key={column}>
          <Skeleton h={18} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

function Cards<Row>({ caption, columns, rows, idOf, selection, expected }: DataTableProps<Row>) {
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={caption} style={{ listStyle: 'none' }}>
      {rows?.map((row) => (
        <Card component="li" key={idOf(row)} withBorder padding="sm">
          <CardOf row={row} columns={columns}>
            {selection && <ChooseRow id={idOf(row)} selection={selection} />}
          </CardOf>
        </Card>
      )) ??
        Array.from({ length: expected ?? skeletonRows }, (_, row) => (
          <Skeleton component="li" key={row} h={110} />
        ))}
    </Stack>
  );
}

interface CardProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly children: ReactNode;
}

/** On top what names the row and its first figure, the rest below, each with its name. */
function CardOf<Row>({ row, columns, children }: CardProps<Row>) {
  const title = columns.find(({ names }) => names) ?? columns[0];
  const figure = columns.find((column) => column.end === true && column.isCount !== true && column !== title);
  const rest = columns.filter(
    (column) => column !== title && column !== figure && column.isMute?.(row) !== true,
  );
  return (
    <>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm" mb={4}>
        <Group gap="sm" wrap="nowrap" align="flex-start" style={{ overflowWrap: 'anywhere' }}>
          {children}
          <Box fw={600}>{title?.cell(row)}</Box>
        </Group>
        <Box fw={600} className="amount">
          {figure?.cell(row)}
        </Box>
      </Group>
      <Box component="dl" m={0} fz="sm">
        {rest.map((column) => (
          <Box
            key={column.key}
            display={column.wide === true ? 'block' : 'flex'}
            style={{ justifyContent: 'space-between', gap: 12 }}
            py={2}
          >
            <Box
              component="dt"
              c="dimmed"
              maw="50%"
              flex="none"
              {...(column.wide === true ? { hidden: true } : {})}
            >
              {column.head}
            </Box>
            <Box
              component="dd"
              m={0}
              {...(column.wide === true ? { 'data-wide': true } : {})}
              ta={column.wide === true ? 'start' : 'end'}
              style={{ overflowWrap: 'anywhere' }}
            >
              {column.cell(row)}
            </Box>
          </Box>
        ))}
      </Box>
    </>
  );
}

function ChooseAll({ ids, selection }: { readonly ids: readonly string[]; readonly selection: Selection }) {
  const chosen = ids.filter((id) => selection.chosen.has(id)).length;
  return (
    <Checkbox
      aria-label={selection.labelAll}
      checked={ids.length > 0 && chosen === ids.length}
      indeterminate={chosen > 0 && chosen < ids.length}
      onChange={(event) => selection.onChange(new Set(event.currentTarget.checked ? ids : []))}
    />
  );
}

function ChooseRow({ id, selection }: { readonly id: string; readonly selection: Selection }) {
  return (
    <Checkbox
      aria-label={selection.labelRow(id)}
      checked={selection.chosen.has(id)}
      onChange={(event) => {
        const next = new Set(selection.chosen);
        if (event.currentTarget.checked) next.add(id);
        else next.delete(id);
        selection.onChange(next);
      }}
    />
  );
}
