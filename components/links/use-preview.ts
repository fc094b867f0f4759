"use client";

import { useEffect, useRef, useState } from "react";
import { previewLinkAction } from "@/lib/links/actions";
import type { PreviewAnswer } from "@/lib/links/core/action-answers";
import type { LinkDraft } from "@/lib/links/schema";
import { payload } from "./payload";
import type { DraftHours } from "./use-draft-hours";

/** How long somebody must not have typed before the calendar is asked, milliseconds. */
const QUIET_MS = 250;

export type Preview = {
  /** The last answer with a page; stays while another one is on its way or a setting is wrong. */
  readonly seen: Extract<PreviewAnswer, { status: "seen" }> | undefined;
  readonly working: boolean;
  /** True while the settings cannot be shown, because one has to be corrected. */
  readonly stale: boolean;
  readonly trouble: string | undefined;
};

/** What guests would find with the draft as it stands, a moment after each change. */
export function usePreview(
  linkId: string,
  draft: LinkDraft,
  hours: readonly DraftHours[],
): Preview {
  const [preview, setPreview] = useState<Preview>({
    seen: undefined,
    working: true,
    stale: false,
    trouble: undefined,
  });
  const first = useRef(true);
  const asked = JSON.stringify({ linkId, settings: draft, hours });
  useEffect(() => {
    let dropped = false;
    const wait = first.current ? 0 : QUIET_MS;
    first.current = false;
    const timer = setTimeout(async () => {
      setPreview((before) => ({ ...before, working: true }));
      const answer = await previewLinkAction(payload(JSON.parse(asked))).catch(() => undefined);
      if (dropped) return;
      setPreview((before) => ({
        seen: answer?.status === "seen" ? answer : before.seen,
        working: false,
        stale: answer?.status === "invalid",
        trouble: answer?.status === "failed" ? answer.message : undefined,
      }));
    }, wait);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return preview;
}
