import i18next from 'i18next';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { judgeAmount, readAmount, showAmount } from '../../web/app/amounts.ts';
import { percent, percentText, plainOf, readPercent, shown } from '../../web/app/decimals.ts';
import { share } from '../../web/app/format.ts';

// Numbers as their reader writes them, there and back.

beforeAll(() => i18next.init({ lng: 'en', resources: {} }));

describe.each([
  ['en', '.'],
  ['fr', ','],
  ['ht', ','],
])('numbers in %s', (language, mark) => {
  beforeEach(() => i18next.changeLanguage(language));

  it('are shown with the mark of the language', () => {
    expect(shown('0.0075')).toBe(`0${mark}0075`);
    expect(showAmount(123_450, 'USD')).toBe(`1234${mark}50`);
    expect(showAmount(50, 'JPY')).toBe('50');
    expect(percent(1250)).toBe(`12${mark}5\u00A0%`);
    expect(share(0.942)).toBe(`94${mark}2\u00A0%`);
  });

  it('are read with either mark', () => {
    for (const typed of ['2,5', '2.5', ' 2,50 ', '2.50']) expect(readAmount(typed, 'USD')).toBe(250);
    for (const typed of ['1 234,50', '1\u202F234.5']) expect(readAmount(typed, 'USD')).toBe(123_450);
    for (const typed of ['2,5', '2.5']) expect(readPercent(typed)).toBe(250);
    expect(plainOf('0,0075')).toBe('0.0075');
  });

  it('come back as they were shown', () => {
    for (const bps of [0, 1, 29, 57, 250, 1250, 10_000]) expect(readPercent(percentText(bps))).toBe(bps);
    for (const amount of [1, 99, 100, 123_456]) {
      expect(readAmount(showAmount(amount, 'USD'), 'USD')).toBe(amount);
      expect(readAmount(showAmount(amount, 'TND'), 'TND')).toBe(amount);
    }
  });

  it('are never guessed: what may be thousands elsewhere is no number', () => {
    const other = mark === '.' ? ',' : '.';
    expect(plainOf(`1${other}234`)).toBeNull();
    expect(judgeAmount(`1${other}234`, 'TND')).toBe('amount_not_a_number');
    expect(judgeAmount(`1${other}234${mark}50`, 'USD')).toBe('amount_not_a_number');
    expect(judgeAmount(`1${mark}234`, 'TND')).toBe(1234);
    for (const typed of [
      '12 50',
      '1\n2',
      '1 2345',
      '1234 567',
      '12\n500',
      '12  500',
      '1\t234',
      '2 ,5',
      '2, 5',
      '1.234 567',
    ]) {
      expect(plainOf(typed)).toBeNull();
      expect(judgeAmount(typed, 'USD')).toBe('amount_not_a_number');
      expect(readAmount(typed, 'USD')).toBeUndefined();
      expect(readPercent(typed)).toBeNull();
    }
    expect(plainOf(' 12 345\u00A0678 ')).toBe('12345678');
    expect(judgeAmount('', 'USD')).toBe('amount_missing');
    expect(judgeAmount('-2,5', 'USD')).toBe('amount_negative');
    expect(judgeAmount('0', 'USD')).toBe('amount_zero');
    for (const typed of ['', 'x', '100,01', '-1', '1e2', '1,234']) expect(readPercent(typed)).toBeNull();
    expect(readAmount('  ', 'USD')).toBeNull();
    expect(readAmount('x', 'USD')).toBeUndefined();
  });
});
