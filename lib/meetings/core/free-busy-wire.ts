import { z } from "zod";
import { DAY_MS, parseInstant, toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { instantOnWire } from "@/lib/time/wire";
import type { BusyBlock, BusyKind, FreeBusy, PersonDays, RoomDays } from "./free-busy";

const LONGEST_DAYS = 31;

/** Ids with commas between them. */
export const ids = (most: number) =>
  z
    .string()
    .max(40 * most)
    .default("")
    .transform((text) => [...new Set(text.split(",").filter((id) => id !== ""))])
    .pipe(z.array(z.uuid()).max(most));

/** Whose and which rooms' time is asked for, and when. */
export const freeBusyQuestion = z
  .strictObject({
    people: ids(50),
    rooms: ids(20),
    from: instantOnWire,
    to: instantOnWire,
    except: z.uuid().optional(),
  })
  .refine(({ from, to }) => to > from && to - from <= LONGEST_DAYS * DAY_MS, {
    message: `Ask for at most ${LONGEST_DAYS} days, the end after the start.`,
    path: ["to"],
  });

type WireSpan = { readonly start: string; readonly end: string };
type WireBlock = WireSpan & { readonly kind: BusyKind; readonly subject: string | null };

export type FreeBusyOnWire = {
  readonly people: readonly (Omit<PersonDays, "busy" | "working"> & {
    readonly busy: readonly WireBlock[];
    readonly working: readonly WireSpan[];
  })[];
  readonly rooms: readonly (Omit<RoomDays, "busy"> & { readonly busy: readonly WireBlock[] })[];
};

const spanOnWire = ({ from, to }: Interval): WireSpan => ({ start: toIso(from), end: toIso(to) });
const blockOnWire = (block: BusyBlock): WireBlock => ({
  ...spanOnWire(block),
  kind: block.kind,
  subject: block.subject,
});

export const freeBusyOnWire = ({ people, rooms }: FreeBusy): FreeBusyOnWire => ({
  people: people.map(({ busy, working, ...person }) => ({
    ...person,
    busy: busy.map(blockOnWire),
    working: working.map(spanOnWire),
  })),
  rooms: rooms.map(({ busy, ...room }) => ({ ...room, busy: busy.map(blockOnWire) })),
});

function spanOf({ start, end }: WireSpan): Interval {
  const from = parseInstant(start);
  const to = parseInstant(end);
  if (from === undefined || to === undefined) throw new RangeError(`not a span: ${start} ${end}`);
  return { from, to };
}

const blockOf = (block: WireBlock): BusyBlock => ({
  ...spanOf(block),
  kind: block.kind,
  subject: block.subject,
});

/** The answer of the interface read back, as a screen wants it. Throws RangeError on what is no such answer. */
export const freeBusyOf = ({ people, rooms }: FreeBusyOnWire): FreeBusy => ({
  people: people.map(({ busy, working, ...person }) => ({
    ...person,
    busy: busy.map(blockOf),
    working: working.map(spanOf),
  })),
  rooms: rooms.map(({ busy, ...room }) => ({ ...room, busy: busy.map(blockOf) })),
});
