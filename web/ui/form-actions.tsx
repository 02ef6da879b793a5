import { Button, Group } from '@mantine/core';

interface FormActionsProps {
  /** Names the deed: "Make the key". */
  readonly confirm: string;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly pending: boolean;
}

/** The foot of a form in a dialog: away from it, or on with it. */
export function FormActions({ confirm, cancel, onCancel, pending }: FormActionsProps) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {cancel}
      </Button>
      <Button type="submit" loading={pending}>
        {confirm}
      </Button>
    </Group>
  );
}
