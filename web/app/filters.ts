import { useNavigate, useSearch } from '@tanstack/react-router';

/** What a list shows; kept in the address, so that it can be shared, saved and gone back to. */
export type Filters = Readonly<Record<string, string>>;

/** Only texts that say something. Used by every route. */
export function readFilters(search: Record<string, unknown>): Filters {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'number' || (typeof value === 'string' && value !== '') ? [[name, String(value)]] : [],
    ),
  );
}

/** Addresses as people write them, `?cycle=18`: every value is a text. */
export const plainSearch = {
  parseSearch: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Record<string, unknown>): string => {
    const text = new URLSearchParams(readFilters(search)).toString();
    return text === '' ? '' : `?${text}`;
  },
};

/** The filters of this page, and how to change some of them; an empty text takes one away. */
export function useFilters(): [Filters, (change: Filters) => void] {
  const filters: Filters = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (next: Filters) =>
    void navigate({ to: '.', search: readFilters({ ...filters, ...next }), replace: true });
  return [filters, change];
}
