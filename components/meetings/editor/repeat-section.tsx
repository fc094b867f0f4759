"use client";

import { useMemo } from "react";
import { RecurrenceField } from "@/components/meetings/recurrence-field";
import type { Repeat } from "@/components/meetings/recurrence-rules";
import { seriesQuestion } from "@/components/meetings/save-series";
import { SeriesPreview } from "@/components/meetings/series-preview";
import { say } from "@/components/meetings/series-words";
import { useSeriesPreview } from "@/components/meetings/use-series-preview";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { Section } from "./section";
import type { EditorReader } from "./time-fields";
import type { OfferedRoom } from "./use-free-rooms";

const UNNAMED = "…";

/** The dates of a new series, looked at while the form is filled in. */
function NewDates({
  draft,
  repeat,
  offered,
  reader,
  onRepeat,
}: {
  draft: MeetingDraft;
  repeat: Repeat;
  offered: readonly OfferedRoom[];
  reader: EditorReader;
  onRepeat: (repeat: Repeat) => void;
}) {
  // What it is called decides nothing about its dates, and is often written last.
  const question = useMemo(
    () => JSON.stringify(seriesQuestion({ ...draft, subject: UNNAMED, guests: [] }, repeat)),
    [draft, repeat],
  );
  const answer = useSeriesPreview(question);
  const chosen = new Set(draft.rooms.map(({ id }) => id));
  return (
    <SeriesPreview
      answer={answer}
      choices={repeat.choices}
      rooms={offered
        .filter(({ id }) => !chosen.has(id))
        .map(({ id, name, location }) => ({ id, name: `${name}, ${location}` }))}
      reader={reader}
      onChoices={(choices) => onRepeat({ ...repeat, choices })}
    />
  );
}

/** How the meeting repeats; of a new one every date is looked at. */
export function RepeatSection({
  draft,
  repeat,
  isNew,
  offered,
  reader,
  error,
  onRepeat,
}: {
  draft: MeetingDraft;
  repeat: Repeat | null;
  isNew: boolean;
  offered: readonly OfferedRoom[];
  reader: EditorReader;
  error: string | undefined;
  onRepeat: (repeat: Repeat | null) => void;
}) {
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
        <NewDates
          draft={draft}
          repeat={repeat}
          offered={offered}
          reader={reader}
          onRepeat={onRepeat}
        />
      ) : null}
    </Section>
  );
}
