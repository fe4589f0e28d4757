import type { ClientEvent } from '../api/types';
import type { Dictionary } from '../i18n/zh';
import type { Formats } from '../i18n/format';

/** One event in one line, as a colleague would say it. A type without words of its own is shown with its data. */
export function eventText({ type, data }: ClientEvent, t: Dictionary, format: Formats): string {
  const d = data ?? {};
  const name = t.events[type] ?? type;
  switch (type) {
    case 'trade.executed':
      return `${t.events[String(d['side'])] ?? d['side']} ${d['symbol']} ${number(d['quantity'], format)} ${t.shares} × ${money(d['price'], format)}${optional(d['commission'], (value) => `${t.listComma}${t.commission} ${money(value, format)}`)}`;
    case 'cash.moved':
      return `${Number(d['amount']) < 0 ? t.events['cash.out'] : t.events['cash.in']} ${money(d['amount'], format)}`;
    case 'assets.valued':
      return `${name} ${money(d['total'], format)}`;
    case 'consent.changed':
      return `${name} ${channel(d['channel'], t)} ${d['granted'] === true ? t.granted : t.refusedWord}`;
    case 'risk.assessed':
      return `${name} C${d['level']}${optional(d['validUntil'], (value) => `${t.listComma}${value}`)}`;
    case 'contact.made':
      return [channel(d['channel'], t), d['by'], word(d['outcome'], t.contactOutcomes)].filter(Boolean).join(t.listComma);
    case 'app.active':
      return [name, word(d['page'], t.appPages), d['symbol']].filter(Boolean).join(' ');
    case 'status.changed':
      return `${name} ${t.status[String(d['status'])] ?? d['status']}`;
    case 'fee.charged':
    case 'revenue.reversed':
      return `${name} ${money(d['amount'], format)}`;
    case 'account.opened':
      return `${name}${optional(d['channel'], (value) => `${t.listComma}${channel(value, t)}`)}${optional(d['outlet'], (value) => `${t.listComma}${value}`)}`;
    case 'contract.signed':
    case 'contract.effective':
    case 'contract.cancelled':
    case 'contract.renewed':
    case 'contract.ended':
      return [name, d['product'], d['contract'], optional(d['assets'], (value) => money(value, format))].filter(Boolean).join(' ');
    default:
      return type in t.events ? name : `${name} ${pairs(d)}`;
  }
}

const number = (value: unknown, format: Formats): string => (typeof value === 'number' ? format.number(value) : String(value));
const money = (value: unknown, format: Formats): string => (typeof value === 'number' ? format.money(value) : String(value));
const channel = (value: unknown, t: Dictionary): string => t.channels[String(value)] ?? String(value);
export const word = (value: unknown, words: Record<string, string>): string => (value == null ? '' : (Object.hasOwn(words, String(value)) ? words[String(value)]! : String(value)));
const optional = (value: unknown, write: (value: unknown) => string): string => (value == null ? '' : write(value));
const pairs = (data: Record<string, unknown>): string => Object.entries(data).map(([key, value]) => `${key} ${String(value)}`).join(', ');
