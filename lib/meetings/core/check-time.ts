import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, parseInstant, toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import type { Conflict } from "./conflict";
import { ids } from "./free-busy-wire";

const LONGEST_MINUTES = 24 * 60;
const SHORTEST_MINUTES = 5;

/** A wanted time and what it needs: who must come, who may, which rooms, which virtual room. */
export const timeQuestion = z
  .strictObject({
    from: instantOnWire,
    to: instantOnWire,
    host: z.uuid().optional(),
    people: ids(50),
    optional: ids(50),
    rooms: ids(20),
    virtualRoom: z.uuid().optional(),
    except: z.uuid().optional(),
  })
  .refine(
    ({ from, to }) =>
      to - from >= SHORTEST_MINUTES * MINUTE_MS && to - from <= LONGEST_MINUTES * MINUTE_MS,
    { message: "A meeting lasts between 5 minutes and 24 hours.", path: ["to"] },
  );

export type TimeQuestion = z.output<typeof timeQuestion>;

export type TimeAnswer = {
  readonly conflicts: readonly Conflict[];
  readonly nextStarts: readonly Instant[];
};

type ConflictOnWire = Omit<Conflict, "from" | "to" | "resourceId"> & {
  readonly start: string;
  readonly end: string;
};

export type TimeAnswerOnWire = {
  readonly conflicts: readonly ConflictOnWire[];
  readonly nextStarts: readonly string[];
};

export const timeAnswerOnWire = ({ conflicts, nextStarts }: TimeAnswer): TimeAnswerOnWire => ({
  conflicts: conflicts.map(({ from, to, resourceId: _, ...conflict }) => ({
    ...conflict,
    start: toIso(from),
    end: toIso(to),
  })),
  nextStarts: nextStarts.map(toIso),
});

const momentOf = (text: string): Instant => {
  const moment = parseInstant(text);
  if (moment === undefined) throw new RangeError(`not an instant: ${text}`);
  return moment;
};

/** What the screen reads of the answer. Throws RangeError on what is no such answer. */
export const timeAnswerOf = ({
  conflicts,
  nextStarts,
}: TimeAnswerOnWire): {
  readonly conflicts: readonly ShownConflict[];
  readonly nextStarts: readonly Instant[];
} => ({
  conflicts: conflicts.map(({ start, end, ...conflict }) => ({
    ...conflict,
    from: momentOf(start),
    to: momentOf(end),
  })),
  nextStarts: nextStarts.map(momentOf),
});

/** A conflict as a screen shows it. */
export type ShownConflict = Omit<Conflict, "resourceId">;
