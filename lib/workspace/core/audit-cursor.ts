import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";

type Cursor = { readonly at: Instant; readonly sequence: bigint };

/** The place behind an entry, as it stands in an address. */
export const writeCursor = ({ at, sequence }: Cursor): string => `${at}-${sequence}`;

/** Reads such a place; undefined for anything else. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const [, at, sequence] = /^(\d{1,15})-(\d{1,18})$/.exec(text ?? "") ?? [];
  if (at === undefined || sequence === undefined) return undefined;
  return { at: instantOf(Number(at)), sequence: BigInt(sequence) };
}
