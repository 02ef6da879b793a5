import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inboxQuery } from './inbox-query.ts';

/** The server's time as it was last heard: a sandbox has a clock of its own. Until then that of this machine. */
export function useNow(): Date {
  const [opened] = useState(() => new Date());
  const { data } = useQuery(inboxQuery);
  return data === undefined ? opened : new Date(data.checkedAt);
}
