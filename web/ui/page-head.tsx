import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeadProps {
  readonly title: string;
  /** One sentence on what the page is for, or how things stand. */
  readonly lead?: ReactNode;
  /** What can be done here. */
  readonly actions?: ReactNode;
}

/** The one heading of a page. It takes the focus when the page opens, so that a screen reader says where one is. */
export function PageHead({ title, lead, actions }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Purser`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" gap="md" className="page-head">
      <Stack gap={4} flex={1} miw={240}>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="sm">{actions}</Group>}
    </Group>
  );
}
