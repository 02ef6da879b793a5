import { Button, Collapse, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Something that most people need not read. */
export function Foldout({
  name,
  beside,
  children,
}: {
  readonly name: string;
  /** Stands before the button, on its line where there is room. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}) {
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Group gap="sm">
        {beside}
        <Button variant="subtle" size="compact-sm" px={4} ms={-4} onClick={toggle} aria-expanded={open}>
          {name}
        </Button>
      </Group>
      <Collapse expanded={open}>{children}</Collapse>
    </div>
  );
}
