import { differencesOf, mailChangesOf } from "./differences";
import type { Happening } from "./mail-snapshot";
import type { Attendee, Meeting } from "./meeting";
import type { Series } from "./series";
import { readerKey } from "./series-facts";
import type { SeriesLetter } from "./series-mail";

type Pair = { readonly before: Meeting; readonly after: Meeting };

/** A change of a series that was written. */
export type ToldChange = {
  /** The series that was there before, as it is now. */
  readonly after: Series;
  /** The series that takes over from some date on; null where there is none. */
  readonly continued: Series | null;
  readonly changed: readonly Pair[];
  readonly added: readonly Meeting[];
  /** Dates of the old series that the change did not touch. */
  readonly kept: readonly Meeting[];
};

const keysOf = (meetings: readonly Meeting[]): ReadonlySet<string> =>
  new Set(
    meetings.flatMap(({ attendees }) =>
      attendees.filter(({ leftAt }) => leftAt === null).map(readerKey),
    ),
  );

const isHeld = ({ state }: Meeting): boolean => state === "confirmed";

/** What everybody who stays is told: the new time where there is one, else which details differ. */
function happeningOf(pairs: readonly Pair[], added: readonly Meeting[]) {
  const moved = pairs.find(
    ({ before, after }) =>
      isHeld(after) && (before.start !== after.start || before.end !== after.end),
  );
  const previous = moved && { start: moved.before.start, end: moved.before.end };
  if (previous !== undefined)
    return { event: "moved" as const, previous, changedBy: "host" as const };
  const changes = [
    ...new Set(pairs.flatMap(({ before, after }) => mailChangesOf(differencesOf(before, after)))),
  ];
  const others =
    added.length > 0 || pairs.some(({ before, after }) => before.state !== after.state);
  return changes.length > 0 || others
    ? { event: "updated" as const, changes, changedBy: "host" as const }
    : undefined;
}

/**
 * Who is told what of a changed series, once each: those who stay, those who came, those who left; and of a series that
 * ends where another takes over, that it does, because calendars keep the two apart. Nobody is told of drafts.
 */
export function lettersOfEdit(change: ToldChange): SeriesLetter[] {
  const { after, continued, changed, added, kept } = change;
  const held = changed.filter(({ before }) => isHeld(before));
  if (held.length === 0) return [];
  const was = keysOf(held.map(({ before }) => before));
  const standing = [...held.map((one) => one.after).filter(isHeld), ...added];
  const is = keysOf(standing);
  const current = continued ?? after;
  const dates = [...changed.map((one) => one.after), ...added, ...(continued === null ? kept : [])];
  const invited = standing.map((meeting) => ({ ...meeting, invited: true }));
  const happening = happeningOf(held, added);
  const stays = (reader: Attendee) => was.has(readerKey(reader));
  const shortened = kept.some(({ state }) => state !== "cancelled");
  const letters: SeriesLetter[] = [];
  const tell = (
    letter: Omit<SeriesLetter, "happening"> & {
      happening: Omit<Happening, "senderAddress" | "at" | "series">;
    },
  ) => letters.push(letter);
  if (happening !== undefined)
    tell({ series: current, dates, about: invited, happening, to: stays });
  tell({
    series: current,
    dates,
    about: standing,
    happening: { event: "confirmed" },
    to: (reader) => !stays(reader),
  });
  tell({
    series: after,
    dates: kept,
    about: held.map(({ before }) => ({ ...before, invited: true })),
    happening: { event: "removed", changedBy: "host" },
    to: (reader) => !is.has(readerKey(reader)),
    shortened: continued !== null && shortened,
  });
  if (continued !== null)
    tell({
      series: after,
      dates: kept,
      // It stands at the last of its dates: the one after which it now ends.
      about: kept
        .filter(({ state }) => state !== "cancelled")
        .map((one) => ({ ...one, invited: true }))
        .reverse(),
      happening: { event: "updated", changes: [], changedBy: "host" },
      to: (reader) => is.has(readerKey(reader)),
    });
  return letters;
}
