import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Something that most people need not read. */
export function Foldout({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button variant="subtle" size="compact-sm" px={4} ms={-4} onClick={toggle} aria-expanded={open}>
        {name}
      </Button>
      <Collapse expanded={open}>{children}</Collapse>
    </div>
  );
}
