import type { Page } from 'playwright-core';

export const missing = 'Please fill this in';
export const passwordCharsMin = 12;

/** A form as somebody finds it: how they get to it, what its button is called, and what each field says that may not stay as it is. */
export interface Found {
  readonly name: string;
  readonly at: string;
  readonly open?: (page: Page) => Promise<void>;
  readonly button: string | RegExp;
  readonly says: Readonly<Record<string, string>>;
  /** What the first field takes; a number, unless it is said. */
  readonly mended?: string;
  /** Taken at both sizes and in both schemes, with its faults. */
  readonly picture?: true;
}

export const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
};
export const chooseFrom = (menu: string, item: string) => async (page: Page) => {
  await page.getByRole('button', { name: menu }).press('Enter');
  await page.getByRole('menuitem', { name: item }).click();
};

/** The forms of the console, where payouts have these ids. */
export const formsOfConsole = (
  ids: Readonly<Record<'waiting' | 'approved' | 'paid', string>>,
): readonly Found[] => [
  {
    name: 'new-cycle',
    at: '/cycles',
    open: press('New cycle…'),
    button: 'Open the cycle',
    says: { Name: missing },
  },
  {
    name: 'invite',
    at: '/people',
    open: press('Invite somebody'),
    button: 'Make the link',
    says: { 'E-mail': missing },
    mended: 'ben@team.example',
  },
  { name: 'make-key', at: '/developers?make=1', button: 'Make the key', says: { Name: missing } },
  {
    name: 'rate',
    at: '/settings',
    button: 'Enter the rate',
    says: { From: missing, To: missing, Rate: missing, Source: missing },
    picture: true,
  },
  {
    name: 'password',
    at: '/account',
    button: 'Change the password',
    says: { 'Present password': missing, 'New password': missing },
  },
  {
    name: 'recovery-codes',
    at: '/account',
    open: press('Make new recovery codes'),
    button: 'Make new recovery codes',
    says: { 'Your password': missing },
  },
  {
    name: 'saved-filter',
    at: '/payouts',
    open: chooseFrom('Saved filters', 'Save these filters…'),
    button: 'Save',
    says: { Name: missing },
  },
  {
    name: 'decline',
    at: `/payouts/${ids.waiting}`,
    open: press('Decline'),
    button: /^Decline 50/,
    says: { Reason: missing },
  },
  {
    name: 'hold',
    at: `/payouts/${ids.waiting}`,
    open: press('Hold'),
    button: /^Hold 50/,
    says: { Reason: missing },
  },
  {
    name: 'mark-paid',
    at: `/payouts/${ids.approved}`,
    open: press('Mark paid'),
    button: /^Mark 50/,
    says: { 'Reference of the payment': missing },
    picture: true,
  },
  {
    name: 'cancel',
    at: `/payouts/${ids.approved}`,
    open: press('Cancel payout'),
    button: /^Cancel 50/,
    says: { Reason: missing },
  },
  {
    name: 'unpay',
    at: `/payouts/${ids.paid}`,
    open: press('It came back'),
    button: /came back$/,
    says: { Reason: missing },
  },
  {
    name: 'paid-file',
    at: '/approvals/by-hand',
    open: press('Mark paid by file…'),
    button: 'Mark paid what the file says',
    says: { File: 'Please choose a file' },
    picture: true,
  },
  {
    name: 'rename',
    at: '/payees/ana',
    open: async (page) => {
      await chooseFrom('More…', 'Rename…')(page);
      await page.getByRole('dialog').getByLabel('Name').fill(' ');
    },
    button: 'Save the name',
    says: { Name: missing },
  },
  {
    name: 'hold-payee',
    at: '/payees/ana',
    open: press('Put on hold…'),
    button: 'Hold everything of ana',
    says: { Reason: missing },
  },
  {
    name: 'add-method',
    at: '/payees/ana',
    open: async (page) => {
      await press('Add…')(page);
      await page.getByRole('dialog').getByLabel('Kind').selectOption('bank');
    },
    button: 'Add the method',
    says: {
      'Account holder': 'Must be the name the account is held under',
      IBAN: 'Must be the IBAN; or give',
    },
    mended: 'Ana Gil',
    picture: true,
  },
  {
    name: 'schedule',
    at: '/payees/ana',
    open: async (page) => {
      await press('Change…: schedule')(page);
      await page.getByRole('dialog').getByLabel('Add a currency').selectOption('HTG');
      await page.getByLabel('Least amount, HTG').fill('many');
      await page.getByLabel('At once from, HTG').fill('1,2,3');
    },
    button: 'Save the schedule',
    says: {
      'Least amount, HTG': 'This is not an amount, such as 120.00',
      'At once from, HTG': 'This is not an amount, such as 120.00',
    },
    picture: true,
  },
];

/** A dialog with everything in it that it asks for, and the button that sends it. */
interface Filled extends Pick<Found, 'name' | 'at'> {
  readonly open: (page: Page) => Promise<void>;
  readonly fill?: Readonly<Record<string, string>>;
  readonly button: string | RegExp;
}

/** Deeds of every kind: of one payout and of several, of what is approved, of a whole run, of a payee and of the team. */
export const dialogsOfConsole = (
  ids: Readonly<Record<'approved', string>>,
  cycleId: string,
): readonly Filled[] => [
  {
    name: 'mark-paid',
    at: `/payouts/${ids.approved}`,
    open: press('Mark paid'),
    fill: { 'Reference of the payment': 'NC-1' },
    button: /^Mark 50/,
  },
  {
    name: 'bulk',
    at: '/payouts',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Choose the payout of ana' }).click();
      await press('Approve…')(page);
    },
    button: /^Approve 1 payout/,
  },
  { name: 'pay-approved', at: '/approvals', open: press('Pay what is approved…'), button: /^Pay 1 payout/ },
  { name: 'pay-cycle', at: `/cycles/${cycleId}`, open: press('Pay 1 payee'), button: /^Pay 1 payee \d/ },
  {
    name: 'rename',
    at: '/payees/ana',
    open: chooseFrom('More…', 'Rename…'),
    fill: { Name: 'Ana Gil' },
    button: 'Save the name',
  },
  {
    name: 'invite',
    at: '/people',
    open: press('Invite somebody'),
    fill: { 'E-mail': 'ben@team.example' },
    button: 'Make the link',
  },
];
