"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useMemo, useRef, useState, useTransition } from "react";
import { saveLinkAction } from "@/lib/links/actions";
import type { FieldErrors } from "@/lib/links/core/action-answers";
import { fieldErrors } from "@/lib/links/core/field-errors";
import type { Clash, SettingName } from "@/lib/links/core/link-settings";
import { changedSettings, mergeDrafts } from "@/lib/links/core/link-settings";
import type { LinkPerson } from "@/lib/links/core/link-view";
import type { LinkDraft } from "@/lib/links/schema";
import { payload } from "./payload";
import type { DraftHours } from "./use-draft-hours";
import { useDraftHours } from "./use-draft-hours";
import { words } from "./words";

type Kept = { readonly version: number; readonly draft: LinkDraft };

const placeOf = (linkId: string): string => `meridian-link-${linkId}`;

function readKept(linkId: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(placeOf(linkId)) ?? "null");
    return typeof kept === "object" && kept !== null && "version" in kept && "draft" in kept
      ? (kept as Kept)
      : undefined;
  } catch {
    return undefined;
  }
}

function keep(linkId: string, kept: Kept | undefined): void {
  try {
    if (kept === undefined) sessionStorage.removeItem(placeOf(linkId));
    else sessionStorage.setItem(placeOf(linkId), JSON.stringify(kept));
  } catch {
    // No room, or not allowed: then nothing is remembered over a reload.
  }
}

/** Changes that were left behind on this page in this tab, while the link is still the one they were made to. */
function useLeftBehind(linkId: string, saved: Kept, draft: LinkDraft, dirty: boolean) {
  const [found, setFound] = useState<LinkDraft>();
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      keep(linkId, dirty ? { version: saved.version, draft } : undefined);
      return;
    }
    first.current = false;
    const kept = readKept(linkId);
    if (kept?.version === saved.version && changedSettings(saved.draft, kept.draft).length > 0) {
      setFound(kept.draft);
    }
  }, [linkId, saved, draft, dirty]);
  return [found, setFound] as const;
}

/** Everything the editor of a link holds: what is saved, what is typed, what is wrong, and how it is saved. */
export function useLinkDraft(
  linkId: string,
  version: number,
  given: LinkDraft,
  people: readonly LinkPerson[],
) {
  const hours = useDraftHours(people);
  const [saved, setSaved] = useState<Kept>({ version, draft: given });
  const [draft, setDraft] = useState(given);
  const [refused, setRefused] = useState<{
    readonly of: LinkDraft;
    readonly hours: readonly DraftHours[];
    readonly fields: FieldErrors;
  }>();
  const [clashes, setClashes] = useState<readonly Clash[]>();
  const [busy, startSaving] = useTransition();
  const [tried, setTried] = useState(false);

  const changed = useMemo(() => changedSettings(saved.draft, draft), [saved, draft]);
  const dirty = changed.length > 0 || hours.changed.length > 0;
  const [found, setFound] = useLeftBehind(linkId, saved, draft, dirty);
  const own = useMemo(() => fieldErrors(draft), [draft]);
  // What the server said of a field holds until that setting is changed.
  const errors = useMemo(() => {
    if (refused === undefined) return own;
    const moved = new Set<string>(changedSettings(refused.of, draft));
    if (refused.hours !== hours.changed) moved.add("hours");
    const still = Object.entries(refused.fields).filter(
      ([path]) => !moved.has(path.split(".")[0] ?? ""),
    );
    return { ...Object.fromEntries(still), ...own };
  }, [own, refused, draft, hours.changed]);

  const set = useCallback((change: Partial<LinkDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
  }, []);

  const become = (next: Kept, draftNow: LinkDraft = next.draft) => {
    setSaved(next);
    setDraft(draftNow);
  };

  const save = () => {
    setTried(true);
    if (Object.keys(own).length > 0) return;
    startSaving(async () => {
      const sent = draft;
      const answer = await saveLinkAction(
        payload({ linkId, version: saved.version, settings: sent, hours: hours.changed }),
      );
      switch (answer.status) {
        case "saved":
          become({ version: answer.version, draft: answer.settings });
          hours.reset();
          setClashes(undefined);
          setRefused(undefined);
          setTried(false);
          notifications.show({ color: "accent", message: words("head.saved") });
          break;
        case "invalid":
          setRefused({ of: sent, hours: hours.changed, fields: answer.fields });
          break;
        case "changed": {
          const both = mergeDrafts(saved.draft, sent, answer.settings);
          become({ version: answer.version, draft: answer.settings }, both.merged);
          setClashes(both.clashes);
          break;
        }
        case "failed":
          notifications.show({ color: "danger", message: answer.message });
      }
    });
  };

  const discard = () => {
    const before = draft;
    const undoHours = hours.reset();
    setDraft(saved.draft);
    setRefused(undefined);
    setTried(false);
    return () => {
      setDraft(before);
      undoHours();
    };
  };

  return {
    draft,
    saved,
    /** How many settings and schedules differ from what is saved. */
    unsaved: changed.length + hours.changed.length,
    hours,
    dirty,
    errors,
    /** True after an attempt to save: from then on problems are named at the top as well. */
    tried,
    busy,
    set,
    save,
    discard,
    clashes,
    decide: (name: SettingName, value: LinkDraft[SettingName]) => set({ [name]: value }),
    found,
    bringBack: (bring: boolean) => {
      if (bring && found !== undefined) setDraft(found);
      setFound(undefined);
    },
    /** Something was changed at once, past the draft: the address, or the version alone. */
    renew: (newVersion: number, token?: string) => {
      const change = token === undefined ? {} : { token };
      setSaved((before) => ({ version: newVersion, draft: { ...before.draft, ...change } }));
      set(change);
    },
  };
}

export type LinkEditing = ReturnType<typeof useLinkDraft>;
