/** An organizer, how they are paid, and what they sold. Everybody is invented; no number or address is anybody's. */
interface Organizer {
  readonly id: string;
  readonly name: string;
  readonly method: { readonly type: string; readonly destination: string };
  readonly events: readonly TicketSale[];
}

interface TicketSale {
  readonly name: string;
  /** Starts the numbers of its tickets. */
  readonly code: string;
  /** Days from the day of the story to the end of the event; below zero it is over. */
  readonly endsInDays: number;
  readonly tickets: number;
  /** Prices in minor units, chosen among. */
  readonly prices: readonly number[];
  readonly currency: 'USD' | 'HTG';
}

export const organizers: readonly Organizer[] = [
  {
    id: 'kreyol-jazz',
    name: 'Kreyòl Jazz',
    method: { type: 'paypal', destination: 'box-office@kreyol-jazz.example.com' },
    events: [
      {
        name: 'Jazz on the Roof',
        code: 'JZ',
        endsInDays: -21,
        tickets: 20,
        prices: [2500, 4000],
        currency: 'USD',
      },
    ],
  },
  {
    id: 'festival-lakay',
    name: 'Festival Lakay',
    method: { type: 'moncash', destination: '+50937000101' },
    events: [
      {
        name: 'Festival Lakay',
        code: 'FL',
        endsInDays: -14,
        tickets: 24,
        prices: [50_000, 75_000],
        currency: 'HTG',
      },
    ],
  },
  {
    id: 'teyat-konbit',
    name: 'Teyat Konbit',
    method: { type: 'bank', destination: '063100277/0004417729 | Teyat Konbit' },
    events: [
      { name: 'Antigòn', code: 'AN', endsInDays: -12, tickets: 16, prices: [1500, 2000], currency: 'USD' },
      {
        name: 'Antigòn, second night',
        code: 'AS',
        endsInDays: 9,
        tickets: 10,
        prices: [1500, 2000],
        currency: 'USD',
      },
    ],
  },
  {
    id: 'sosyete-rara',
    name: 'Sosyete Rara',
    method: { type: 'natcash', destination: '+50940000102' },
    events: [
      { name: 'Rara nan Lari', code: 'RR', endsInDays: -30, tickets: 18, prices: [50_000], currency: 'HTG' },
    ],
  },
  {
    id: 'ballet-soley',
    name: 'Ballet Solèy',
    method: { type: 'paypal', destination: 'tickets@ballet-soley.example.org' },
    events: [
      {
        name: 'The Sun King',
        code: 'SK',
        endsInDays: -3,
        tickets: 15,
        prices: [3000, 4500],
        currency: 'USD',
      },
    ],
  },
  {
    id: 'stad-limye',
    name: 'Stad Limyè',
    method: { type: 'bank', destination: '021000089/0088120456 | Stad Limye SA' },
    events: [
      {
        name: 'Kompa under the Lights',
        code: 'KL',
        endsInDays: 14,
        tickets: 20,
        prices: [100_000],
        currency: 'HTG',
      },
      { name: 'Benefit Match', code: 'BM', endsInDays: -9, tickets: 10, prices: [4000], currency: 'USD' },
    ],
  },
  {
    id: 'kafe-pwezi',
    name: 'Kafe Pwezi',
    method: { type: 'moncash', destination: '+50937000103' },
    events: [
      { name: 'Open Stage', code: 'OS', endsInDays: -10, tickets: 4, prices: [1000], currency: 'USD' },
    ],
  },
  {
    id: 'kompa-dyaspora',
    name: 'Kompa Dyaspora',
    method: { type: 'paypal', destination: 'hello@kompa-dyaspora.example.net' },
    events: [
      {
        name: 'Night of the Diaspora',
        code: 'KD',
        endsInDays: -16,
        tickets: 12,
        prices: [100_000],
        currency: 'HTG',
      },
    ],
  },
];
