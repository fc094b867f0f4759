"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LeaveGuard } from "@/components/links/leave-guard";
import { repeatFrom } from "@/components/meetings/recurrence-rules";
import { SeriesScope } from "@/components/meetings/series-scope";
import { ButtonLink } from "@/components/ui/button-link";
import { linkDealAction } from "@/lib/meetings/actions/link-deal";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import { ClashNotice } from "./clash-notice";
import { FindPanel } from "./find-panel";
import { FitPanel } from "./fit-panel";
import { GuestsSection } from "./guests-section";
import classes from "./meeting-editor.module.css";
import { MoreSection } from "./more-section";
import { PeopleSection } from "./people-section";
import { RepeatSection } from "./repeat-section";
import type { EditorReader } from "./time-fields";
import { TimeSection } from "./time-section";
import { useConflicts } from "./use-conflicts";
import { useFreeBusy } from "./use-free-busy";
import { useFreeRooms } from "./use-free-rooms";
import type { MeetingEditing } from "./use-meeting-draft";
import { useMeetingDraft } from "./use-meeting-draft";
import { WhatSection } from "./what-section";
import type { VirtualChoice } from "./where-section";
import { WhereSection } from "./where-section";
import { words } from "./words";

/** The meeting that is being changed; absent for a new one. */
export type EditedMeeting = {
  readonly id: string;
  readonly version: number;
  readonly state: "draft" | "confirmed";
  /** How it repeats, when it is a date of a series. */
  readonly series: { readonly rule: string; readonly zone: TimeZone } | null;
};

/** A date of a series is saved for itself, or for others with it: whoever saves is asked. */
function useScope(meeting: EditedMeeting | undefined, editing: MeetingEditing) {
  const [asking, setAsking] = useState<{ readonly confirm: boolean }>();
  const save = (confirm: boolean) =>
    meeting === undefined || meeting.series === null
      ? editing.save(confirm)
      : setAsking({ confirm });
  return { save, asking, setAsking };
}

function Head({
  meeting,
  editing,
  unsaved,
  reader,
  onSave,
}: {
  meeting: EditedMeeting | undefined;
  editing: MeetingEditing;
  unsaved: number;
  reader: EditorReader;
  onSave: (confirm: boolean) => void;
}) {
  const { busy, draft } = editing;
  const page = meeting === undefined ? "new" : "edit";
  const invited = draft.people.length + draft.guests.length;
  const confirmed = meeting?.state === "confirmed";
  return (
    <header className={classes.head}>
      <div>
        <h1>{words(`${page}.title`)}</h1>
        <p>{words(`${page}.context`, { zone: zoneCity(reader.zone) })}</p>
      </div>
      <div className={classes.acts}>
        <p className={classes.tells}>
          {confirmed ? words("head.saveTells") : words("head.confirmTells", { count: invited })}
        </p>
        {unsaved > 0 && meeting !== undefined ? (
          <p className={classes.unsaved}>{words("head.unsaved", { count: unsaved })}</p>
        ) : null}
        {meeting === undefined ? null : (
          <ButtonLink href={`/meetings/${meeting.id}`} variant="subtle">
            {words("head.back")}
          </ButtonLink>
        )}
        {confirmed ? (
          <Button
            variant="filled"
            loading={busy}
            disabled={unsaved === 0}
            onClick={() => onSave(false)}
          >
            {words("head.save")}
          </Button>
        ) : (
          <>
            <Button disabled={busy} title={words("head.draftTells")} onClick={() => onSave(false)}>
              {words("head.saveDraft")}
            </Button>
            <Button variant="filled" loading={busy} onClick={() => onSave(true)}>
              {words("head.confirm")}
            </Button>
          </>
        )}
      </div>
    </header>
  );
}

/** What keeps the meeting from being saved, at the top, where whoever pressed the button looks. */
function Notices({ editing, reader }: { editing: MeetingEditing; reader: EditorReader }) {
  const { found, problems, refused, clashes } = editing;
  return (
    <>
      {found === undefined ? null : (
        <div className={classes.notice} role="status">
          <p>{words("head.found")}</p>
          <Button size="xs" onClick={() => editing.bringBack(true)}>
            {words("head.bringBack")}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => editing.bringBack(false)}>
            {words("head.forget")}
          </Button>
        </div>
      )}
      {clashes === undefined ? null : (
        <ClashNotice
          clashes={clashes.fields}
          theirs={clashes.theirs}
          reader={reader}
          onTheirs={(field) => editing.decide(field, clashes.theirs)}
        />
      )}
      <div role="alert">
        {problems.length === 0 ? null : (
          <div className={classes.problems}>
            <p>{words("head.problems", { count: problems.length })}</p>
            <ul>
              {[...new Set(problems)].map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
        {refused?.status === "refused" ? (
          <p className={classes.problems}>{refused.message}</p>
        ) : null}
      </div>
    </>
  );
}

/** The deal a new meeting is made for. */
export type DealToMeet = { readonly id: string; readonly label: string; readonly name: string };

/** Puts what was just made into its deal; says so when that cannot be. */
async function putInto(deal: DealToMeet, meetingId: string): Promise<void> {
  const form = new FormData();
  form.set("meetingId", meetingId);
  form.set("deal", deal.id);
  const answer = await linkDealAction({ status: "idle" }, form);
  if (answer.status !== "saved")
    notifications.show({ color: "red", message: words("deal.notLinked") });
}

/** Everything about one meeting in a form, with who is free, what stands in the way, and better times beside it. */
export function MeetingEditor({
  meeting,
  deal,
  given,
  viewerId,
  virtualRooms,
  reader,
  now,
}: {
  meeting: EditedMeeting | undefined;
  deal?: DealToMeet | undefined;
  given: MeetingDraft;
  viewerId: string;
  virtualRooms: readonly VirtualChoice[];
  reader: EditorReader;
  now: Instant;
}) {
  const router = useRouter();
  const [repeat, setRepeat] = useState(() => repeatFrom(meeting?.series ?? null));
  const [repeated] = useState(repeat);
  const [choices, setChoices] = useState<readonly DateChoice[]>([]);
  // How many dates the last try was meant for: if it was refused, they are looked at one by one.
  const [tried, setTried] = useState<"following" | "all">();
  const repeatChanged = JSON.stringify(repeat) !== JSON.stringify(repeated);
  const editing = useMeetingDraft(
    meeting,
    given,
    ({ meetingId, confirmed }) => {
      const wasDraft = meeting?.state !== "confirmed";
      const kept = confirmed ? "head.saved" : "head.draftSaved";
      notifications.show({
        color: "accent",
        message: words(confirmed && wasDraft ? "head.confirmed" : kept),
      });
      const open = () => router.push(`/meetings/${meetingId}`);
      if (deal === undefined) open();
      else void putInto(deal, meetingId).then(open);
    },
    { repeat, repeatChanged, choices, reader },
  );
  const unsaved = editing.unsaved + (repeatChanged && editing.unsaved === 0 ? 1 : 0);
  const scope = useScope(meeting, editing);
  const { draft, set, errors, refused } = editing;
  const refusedChange =
    tried !== undefined && refused !== undefined ? editing.seriesChange(draft, tried) : null;
  const [day, setDay] = useState<CalendarDate>(() => calendarDateAt(reader.zone, given.start));
  const { known, failed } = useFreeBusy({
    people: [draft.host.userId, ...draft.people.map(({ userId }) => userId)],
    rooms: draft.rooms.map(({ id }) => id),
    day,
    zone: reader.zone,
    except: meeting?.id,
  });
  const checked = useConflicts(draft, meeting?.id);
  // The refusal of a moment ago is as true as any look.
  const fit = refused?.status === "conflict" ? refused : checked;
  const offered = useFreeRooms(draft.start, draft.end, meeting?.id);
  const move = ({ from, to }: Interval) => {
    set({ start: from, end: to });
    setDay(calendarDateAt(reader.zone, from));
  };
  const take = (start: Instant) =>
    move({ from: start, to: instantOf(start + (draft.end - draft.start)) });
  return (
    <div className={classes.page}>
      <Head
        meeting={meeting}
        editing={editing}
        unsaved={unsaved}
        reader={reader}
        onSave={scope.save}
      />
      <Notices editing={editing} reader={reader} />
      {deal === undefined ? null : (
        <p className={classes.tells}>{words("deal.for", { name: deal.name, label: deal.label })}</p>
      )}
      <form className={classes.form} onSubmit={(event) => event.preventDefault()} noValidate>
        <div className={classes.first}>
          <WhatSection draft={draft} errors={errors} viewerId={viewerId} set={set} />
          <TimeSection draft={draft} errors={errors} reader={reader} now={now} onMove={move} />
          {meeting === undefined || repeated !== null ? (
            <RepeatSection
              draft={draft}
              repeat={repeat}
              change={meeting === undefined ? undefined : refusedChange}
              offered={offered ?? []}
              reader={reader}
              error={errors.repeat}
              onRepeat={setRepeat}
              onChoices={setChoices}
            />
          ) : null}
          <PeopleSection
            draft={draft}
            set={set}
            known={known}
            failed={failed}
            day={day}
            reader={reader}
            onMove={move}
            onDay={setDay}
          />
        </div>
        <aside className={classes.aside} aria-label={words("fit.aside")}>
          <div>
            <FitPanel fit={fit} reader={reader} onTake={take} />
            <FindPanel draft={draft} known={known} reader={reader} now={now} onTake={take} />
          </div>
        </aside>
        <div className={classes.rest}>
          <GuestsSection draft={draft} errors={errors} set={set} />
          <WhereSection
            draft={draft}
            errors={errors}
            set={set}
            offered={offered}
            virtualRooms={virtualRooms}
            reader={reader}
          />
          <MoreSection draft={draft} errors={errors} set={set} />
        </div>
      </form>
      <SeriesScope
        what="save"
        opened={scope.asking !== undefined}
        onlyOthers={repeatChanged}
        pending={editing.busy}
        onChoose={(chosen) => {
          editing.save(scope.asking?.confirm === true, chosen);
          setTried(chosen === "one" ? undefined : chosen);
          scope.setAsking(undefined);
        }}
        onClose={() => scope.setAsking(undefined)}
      />
      <LeaveGuard unsaved={editing.unsaved} />
    </div>
  );
}
