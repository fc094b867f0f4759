"use client";

import { RecurrenceField } from "@/components/meetings/recurrence-field";
import type { Repeat } from "@/components/meetings/recurrence-rules";
import type { SeriesChangeAsked } from "@/components/meetings/save-series";
import { changeQuestion, seriesQuestion } from "@/components/meetings/save-series";
import { SeriesPreview } from "@/components/meetings/series-preview";
import { say } from "@/components/meetings/series-words";
import { useSeriesPreview } from "@/components/meetings/use-series-preview";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import { Section } from "./section";
import type { EditorReader } from "./time-fields";
import type { OfferedRoom } from "./use-free-rooms";

const UNNAMED = "…";

type DatesProps = {
  draft: MeetingDraft;
  /** What is asked of the server, as JSON. */
  question: string;
  about: "new" | "change";
  choices: readonly DateChoice[];
  offered: readonly OfferedRoom[];
  reader: EditorReader;
  onChoices: (choices: readonly DateChoice[]) => void;
};

/** The dates of a series, looked at while the form is filled in, and what is to happen on those that clash. */
function Dates({ draft, question, about, choices, offered, reader, onChoices }: DatesProps) {
  const answer = useSeriesPreview(question, about);
  const chosen = new Set(draft.rooms.map(({ id }) => id));
  return (
    <SeriesPreview
      answer={answer}
      choices={choices}
      rooms={offered
        .filter(({ id }) => !chosen.has(id))
        .map(({ id, name, location }) => ({ id, name: `${name}, ${location}` }))}
      reader={reader}
      onChoices={onChoices}
    />
  );
}

// What it is called decides nothing about its dates, and is often written last.
const newQuestion = (draft: MeetingDraft, repeat: Repeat): string =>
  JSON.stringify(seriesQuestion({ ...draft, subject: UNNAMED, guests: [] }, repeat));

/** How the meeting repeats; every date of a new one is looked at, and of a changed one those that were refused. */
export function RepeatSection({
  draft,
  repeat,
  change,
  offered,
  reader,
  error,
  onRepeat,
  onChoices,
}: {
  draft: MeetingDraft;
  repeat: Repeat | null;
  /** Of a series that is there: the change that was tried, if one was. Undefined for a new meeting. */
  change: SeriesChangeAsked | null | undefined;
  offered: readonly OfferedRoom[];
  reader: EditorReader;
  error: string | undefined;
  onRepeat: (repeat: Repeat | null) => void;
  onChoices: (choices: readonly DateChoice[]) => void;
}) {
  const isNew = change === undefined;
  const shared = { draft, offered, reader };
  return (
    <Section id="repeat" title={say("field.title")}>
      <RecurrenceField
        value={repeat}
        // A series that is there goes on repeating; it is ended by cancelling its dates.
        onChange={(next) => {
          if (isNew || next !== null) onRepeat(next);
        }}
        start={draft.start}
        zone={repeat?.zone ?? reader.zone}
        weekStart={reader.weekStart}
        locale={reader.locale}
        error={error}
      />
      {repeat !== null && isNew ? (
        <Dates
          {...shared}
          about="new"
          question={newQuestion(draft, repeat)}
          choices={repeat.choices}
          onChoices={(choices) => onRepeat({ ...repeat, choices })}
        />
      ) : null}
      {change ? (
        <Dates
          {...shared}
          about="change"
          question={JSON.stringify(changeQuestion(change))}
          choices={change.choices}
          onChoices={onChoices}
        />
      ) : null}
    </Section>
  );
}
