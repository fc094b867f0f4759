"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useTransition } from "react";
import type { Repeat } from "@/components/meetings/recurrence-rules";
import type { SeriesChangeAsked } from "@/components/meetings/save-series";
import { saveNewSeries, saveSeriesChange } from "@/components/meetings/save-series";
import type { Scope } from "@/components/meetings/series-scope";
import { editMeetingAction, makeMeetingAction } from "@/lib/meetings/actions/save-meeting";
import type { DraftField, MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { changedFields, changesOf, inputOf, mergeDrafts } from "@/lib/meetings/core/meeting-draft";
import type { SaveAnswer } from "@/lib/meetings/core/save-answer";
import type { DateChoice } from "@/lib/meetings/core/series-input";
import type { TimeZone } from "@/lib/time/zone";
import { problemsIn } from "./problems";

type Kept = { readonly version: number; readonly draft: MeetingDraft };

const placeOf = (id: string | undefined): string => `meridian-meeting-${id ?? "new"}`;

function readKept(id: string | undefined): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(placeOf(id)) ?? "null");
    return typeof kept === "object" && kept !== null && "version" in kept && "draft" in kept
      ? (kept as Kept)
      : undefined;
  } catch {
    return undefined;
  }
}

function keep(id: string | undefined, kept: Kept | undefined): void {
  try {
    if (kept === undefined) sessionStorage.removeItem(placeOf(id));
    else sessionStorage.setItem(placeOf(id), JSON.stringify(kept));
  } catch {
    // No room, or not allowed: then nothing is remembered over a reload.
  }
}

/** What was typed here in this tab and not saved, while the meeting is still the one it was typed for. */
function useLeftBehind(id: string | undefined, saved: Kept, draft: MeetingDraft, dirty: boolean) {
  const [found, setFound] = useState<MeetingDraft>();
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      keep(id, dirty ? { version: saved.version, draft } : undefined);
      return;
    }
    first.current = false;
    const kept = readKept(id);
    if (kept?.version === saved.version && changedFields(saved.draft, kept.draft).length > 0) {
      setFound(kept.draft);
    }
  }, [id, saved, draft, dirty]);
  return [found, setFound] as const;
}

const payload = (data: object): FormData => {
  const form = new FormData();
  form.set("payload", JSON.stringify(data));
  return form;
};

export type Refused = Extract<SaveAnswer, { status: "conflict" | "refused" }>;

/** Everything the editor holds: what is saved, what is typed, what is wrong, and how it is saved. */
export function useMeetingDraft(
  meeting: { readonly id: string; readonly version: number } | undefined,
  given: MeetingDraft,
  onSaved: (answer: Extract<SaveAnswer, { status: "saved" }>) => void,
  {
    repeat,
    repeatChanged,
    choices,
    reader,
  }: {
    /** How it repeats; null for a meeting by itself. */
    readonly repeat: Repeat | null;
    readonly repeatChanged: boolean;
    /** What is to happen on single dates of a series that is changed. */
    readonly choices: readonly DateChoice[];
    readonly reader: { readonly zone: TimeZone; readonly locale: string };
  },
) {
  const id = meeting?.id;
  const [saved, setSaved] = useState<Kept>({ version: meeting?.version ?? 0, draft: given });
  const [draft, setDraft] = useState(given);
  const [sentBack, setSentBack] = useState<{
    readonly of: MeetingDraft;
    readonly fields: Readonly<Record<string, string>>;
  }>();
  const [refused, setRefused] = useState<Refused>();
  const [clashes, setClashes] = useState<{
    readonly fields: readonly DraftField[];
    readonly theirs: MeetingDraft;
  }>();
  const [tried, setTried] = useState(false);
  const [busy, startSaving] = useTransition();
  const [done, setDone] = useState(false);

  const changed = useMemo(() => changedFields(saved.draft, draft), [saved, draft]);
  const dirty = changed.length > 0 && !done;
  const [found, setFound] = useLeftBehind(id, saved, draft, dirty);
  const own = useMemo(() => problemsIn(draft), [draft]);
  // What the server said of a field holds until that field is changed.
  const errors = useMemo(() => {
    if (sentBack === undefined) return own;
    const moved = new Set<string>(changedFields(sentBack.of, draft).map(sentName));
    const still = Object.entries(sentBack.fields).filter(
      ([path]) => !moved.has(path.split(".")[0] ?? ""),
    );
    return { ...Object.fromEntries(still), ...own };
  }, [own, sentBack, draft]);

  const set = useCallback((change: Partial<MeetingDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
    setRefused(undefined);
  }, []);

  const hear = (answer: SaveAnswer, sent: MeetingDraft) => {
    switch (answer.status) {
      case "saved":
        setDone(true);
        keep(id, undefined);
        onSaved(answer);
        break;
      case "invalid":
        setSentBack({ of: sent, fields: answer.fields });
        break;
      case "conflict":
        if (answer.version !== undefined) setSaved({ version: answer.version, draft: sent });
        setRefused(answer);
        break;
      case "refused":
        setRefused(answer);
        break;
      case "changed": {
        const { merged, clashes: fields } = mergeDrafts(saved.draft, sent, answer.draft);
        setSaved({ version: answer.version, draft: answer.draft });
        setDraft(merged);
        setClashes({ fields, theirs: answer.draft });
      }
    }
  };

  /** The change as it is meant for these dates of its series. */
  const seriesChange = (sent: MeetingDraft, scope: "following" | "all"): SeriesChangeAsked => ({
    meetingId: id ?? "",
    version: saved.version,
    scope,
    changes: changesOf(saved.draft, sent),
    repeat: repeatChanged && repeat !== null ? repeat : undefined,
    choices,
  });

  const send = (sent: MeetingDraft, confirm: boolean, scope: Scope): Promise<SaveAnswer> => {
    if (id === undefined) {
      return repeat === null
        ? makeMeetingAction(payload({ confirm, input: inputOf(sent) }))
        : saveNewSeries(sent, repeat, { confirm, reader });
    }
    if (scope === "one") {
      const changes = changesOf(saved.draft, sent);
      return editMeetingAction(
        payload({ meetingId: id, version: saved.version, confirm, changes }),
      );
    }
    return saveSeriesChange(seriesChange(sent, scope), reader);
  };

  const save = (confirm: boolean, scope: Scope = "one") => {
    setTried(true);
    setRefused(undefined);
    if (Object.keys(own).length > 0) return;
    startSaving(async () => {
      const sent = draft;
      const answer = await send(sent, confirm, scope);
      setClashes(undefined);
      hear(answer, sent);
    });
  };

  return {
    draft,
    set,
    save,
    seriesChange,
    busy,
    /** How many fields differ from what is saved. */
    unsaved: done ? 0 : changed.length,
    /** By the path of the field; shown beside it once somebody tried to save. */
    errors: tried ? errors : {},
    problems: tried ? Object.values(errors) : [],
    refused,
    clashes,
    decide: (field: DraftField, theirs: MeetingDraft) => {
      set({ [field]: theirs[field] });
      setClashes(
        (before) => before && { ...before, fields: before.fields.filter((one) => one !== field) },
      );
    },
    found,
    bringBack: (bring: boolean) => {
      if (bring && found !== undefined) setDraft(found);
      setFound(undefined);
    },
  };
}

const sentName = (field: DraftField): string =>
  ({ host: "hostId", rooms: "roomIds" })[field as string] ?? field;

export type MeetingEditing = ReturnType<typeof useMeetingDraft>;
