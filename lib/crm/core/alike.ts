import { z } from "zod";
import type { DuplicateReason } from "./duplicate";
import type { LeadStatus } from "./lead";
import { phoneOf } from "./phone";

/** A lead or deal that may be the same, as a line says it. */
export type AlikeLead = {
  readonly id: string;
  /** D-7632. */
  readonly label: string;
  readonly name: string;
  readonly companyName: string | null;
  readonly contactName: string | null;
  readonly owner: string | null;
  /** Null of a lead. */
  readonly stage: string | null;
  readonly status: LeadStatus;
  readonly reasons: readonly DuplicateReason[];
};

/** Below this, what may be the same is not worth a line. */
export const LIKELY = 0.6;

/** Possible duplicates named beside a form. */
export const MOST_ALIKE = 5;

const typed = (most: number) => z.string().max(most).default("");

/** What is known so far of somebody who is being typed, as it stands in the fields. */
export const alikeQuery = z.strictObject({
  email: typed(300),
  phone: typed(60),
  companyName: typed(300),
  contactName: typed(300),
});

export type TypedPerson = z.output<typeof alikeQuery>;

const said = (text: string | null): string | undefined => text?.trim() || undefined;

/** What of it can be compared; undefined while that is nothing. A number without its country is none yet. */
export function knownOf(
  person: {
    readonly [Name in keyof TypedPerson]: string | null;
  },
):
  | {
      readonly email: string | undefined;
      readonly phone: string | undefined;
      readonly companyName: string | undefined;
      readonly contactName: string | undefined;
    }
  | undefined {
  const known = {
    email: said(person.email)?.toLowerCase(),
    phone: phoneOf(person.phone ?? ""),
    companyName: said(person.companyName),
    contactName: said(person.contactName),
  };
  const enough =
    known.email !== undefined ||
    known.phone !== undefined ||
    (known.contactName !== undefined && known.companyName !== undefined);
  return enough ? known : undefined;
}
