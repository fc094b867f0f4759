import { editSeriesAction, makeSeriesAction } from "@/lib/meetings/actions/series";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { inputOf } from "@/lib/meetings/core/meeting-draft";
import { formatRule } from "@/lib/meetings/core/rrule";
import type { SaveAnswer } from "@/lib/meetings/core/save-answer";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import type { SeriesAnswer, ShownClash } from "@/lib/meetings/core/series-wire";
import { formatDateShort } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Repeat } from "./recurrence-rules";
import { say } from "./series-words";

type Reader = { readonly zone: TimeZone; readonly locale: string };

/** As many dates as a sentence names. */
const NAMED = 5;

const payload = (data: object): FormData => {
  const form = new FormData();
  form.set("payload", JSON.stringify(data));
  return form;
};

const sentChoices = (choices: readonly DateChoice[]): object[] =>
  choices.map((choice) => ({
    ...choice,
    at: toIso(choice.at),
    ...(choice.do === "move" ? { start: toIso(choice.start) } : {}),
  }));

const sent = ({ rule, zone, choices }: Repeat): object => ({
  rule: formatRule(rule, zone),
  zone,
  choices: sentChoices(choices),
});

/** A meeting that repeats, as the server takes it: the question of the preview, and what is saved. */
export const seriesQuestion = (draft: MeetingDraft, repeat: Repeat): object => ({
  meeting: inputOf(draft),
  repeat: sent(repeat),
});

/** "3 dates clash: Tue 16 Mar (Ben Ode), …": what to look at, in a sentence. */
export function clashWords(clashes: readonly ShownClash[], reader: Reader): string {
  const named = clashes.slice(0, NAMED).map(({ at, conflicts }) => {
    const names = [...new Set(conflicts.map(({ name }) => name))].join(", ");
    const day = formatDateShort(at, reader);
    return names === "" ? day : `${day} (${names})`;
  });
  const more = clashes.length > NAMED ? ["…"] : [];
  return say("refused.dates", { count: clashes.length, dates: [...named, ...more].join("; ") });
}

const asSaved = (answer: SeriesAnswer, reader: Reader): SaveAnswer =>
  answer.status === "dates"
    ? { status: "refused", message: clashWords(answer.clashes, reader) }
    : answer;

/** Makes a meeting that repeats. */
export const saveNewSeries = async (
  draft: MeetingDraft,
  repeat: Repeat,
  { confirm, reader }: { readonly confirm: boolean; readonly reader: Reader },
): Promise<SaveAnswer> =>
  asSaved(
    await makeSeriesAction(payload({ confirm, input: seriesQuestion(draft, repeat) })),
    reader,
  );

/** A change of a date of a series and of others with it. */
export type SeriesChangeAsked = {
  readonly meetingId: string;
  readonly version: number;
  readonly scope: "following" | "all";
  readonly changes: object;
  /** Another way to repeat; absent, it goes on as before. */
  readonly repeat: Repeat | undefined;
  /** What is to happen on single dates. */
  readonly choices: readonly DateChoice[];
};

/** The change as the server takes it: the question of the preview, and what is saved. */
export const changeQuestion = ({ repeat, choices, ...rest }: SeriesChangeAsked): object => ({
  ...rest,
  choices: sentChoices(choices),
  ...(repeat === undefined ? {} : { repeat: sent({ ...repeat, choices: [] }) }),
});

export const saveSeriesChange = async (
  asked: SeriesChangeAsked,
  reader: Reader,
): Promise<SaveAnswer> => asSaved(await editSeriesAction(payload(changeQuestion(asked))), reader);
