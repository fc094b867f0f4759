import { domainToASCII } from "node:url";

/** One mailbox: a plain address, and the name shown beside it. */
export type Mailbox = { readonly address: string; readonly name?: string };

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Exactly one plain address (RFC 5321 dot-string, plus-addresses included), its domain in lower case and
 * in ASCII; undefined for anything else: lists, names, comments, quotes, line breaks. A local part
 * outside ASCII needs SMTPUTF8 end to end, which most receivers lack, so it is no address here.
 */
export function parsePlainAddress(text: string): string | undefined {
  if (text.length > 254) return undefined;
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return undefined;
  const written = text.slice(at + 1);
  if (/[\s<>()[\]\\,;:"@]/.test(written)) return undefined;
  const domain = domainToASCII(written);
  const labels = domain.split(".");
  return domain !== "" && labels.every((label) => LABEL.test(label))
    ? `${local}@${domain}`
    : undefined;
}

/** As `parsePlainAddress`, for an address that has been checked before. Throws: anything else is a defect. */
export function plainAddress(text: string): string {
  const address = parsePlainAddress(text);
  if (address === undefined) throw new Error("not one plain mail address");
  return address;
}

/** Reads `MAIL_FROM`: `name@host` or `Name <name@host>`. Throws on anything else. */
export function parseMailbox(text: string): Mailbox {
  const named = /^\s*"?([^"<>\r\n]*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  const name = named?.[1];
  const address = plainAddress(named?.[2] ?? text.trim());
  return name ? { address, name } : { address };
}
