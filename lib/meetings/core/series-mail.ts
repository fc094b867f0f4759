import type { PlannedMail } from "./mail-plan";
import { mailsFor } from "./mail-plan";
import type { Happening } from "./mail-snapshot";
import type { Attendee, Meeting } from "./meeting";
import type { Series } from "./series";
import { readerKey, seriesFacts } from "./series-facts";

/** One telling of a change of a series. */
export type SeriesLetter = {
  readonly series: Series;
  /** All its dates as they are after the change, cancelled ones included. */
  readonly dates: readonly Meeting[];
  /** Those the letter is about; a mail stands at the first of them that its reader takes part in. */
  readonly about: readonly Meeting[];
  readonly happening: Omit<Happening, "senderAddress" | "at" | "series">;
  /** Of their readers, those who are told; all, when absent. */
  readonly to?: ((reader: Attendee) => boolean) | undefined;
  /** Earlier dates stand: the series ends sooner than it was to. */
  readonly shortened?: boolean | undefined;
};

/** A mail about a series, and the date it stands at. */
export type SeriesMail = { readonly anchor: Meeting; readonly mail: PlannedMail };

/** The date that speaks for the series to this reader: one like the series, else the first. */
function anchorFor(about: readonly Meeting[], key: string) {
  const own = about.filter(({ attendees }) =>
    attendees.some((one) => one.leftAt === null && readerKey(one) === key),
  );
  return own.find(({ series }) => series?.detached !== true) ?? own[0];
}

/** Each reader of these dates once, whatever the number of dates. */
function readersOf(about: readonly Meeting[]): ReadonlyMap<string, Attendee> {
  const readers = new Map<string, Attendee>();
  for (const { attendees } of about)
    for (const attendee of attendees)
      if (attendee.leftAt === null && !readers.has(readerKey(attendee)))
        readers.set(readerKey(attendee), attendee);
  return readers;
}

/** One mail for each reader of a change of a series. Somebody who comes to single dates only is told of the first. */
export function seriesMails(
  { series, dates, about, happening, to, shortened = false }: SeriesLetter,
  circumstances: Pick<Happening, "senderAddress" | "at">,
): SeriesMail[] {
  return [...readersOf(about)].flatMap(([key, reader]): SeriesMail[] => {
    const anchor = anchorFor(about, key);
    const attendee = anchor?.attendees.find((one) => readerKey(one) === key);
    if (anchor === undefined || attendee === undefined || to?.(reader) === false) return [];
    const whole = anchor.series?.detached !== true;
    const told = whole
      ? {
          series: {
            facts: seriesFacts(series, dates, { model: anchor, key, shortened }),
            sequence: series.sequence,
          },
        }
      : {};
    return mailsFor(anchor, { ...happening, ...told, ...circumstances }, [attendee]).map(
      (mail) => ({
        anchor,
        mail,
      }),
    );
  });
}
