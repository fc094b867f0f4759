"use client";

import { useEffect, useRef, useState } from "react";
import { previewMailAction } from "@/lib/mailroom/actions/templates";
import type { MailPreview } from "@/lib/mailroom/core/mail-answers";
import type { MailWords } from "@/lib/meetings/core/mail-template";

/** How long somebody must not have typed before the mail is drawn again, milliseconds. */
const QUIET_MS = 300;

export type MailName = { readonly event: string; readonly role: string; readonly locale: string };

/** The mail as the words stand, a moment after each change; the last one stays while another is on its way. */
export function useMailPreview(
  name: MailName,
  words: MailWords | undefined,
): {
  readonly seen: MailPreview | undefined;
  readonly trouble: string | undefined;
} {
  const [seen, setSeen] = useState<MailPreview>();
  const [trouble, setTrouble] = useState<string>();
  const first = useRef(true);
  const asked = JSON.stringify({ ...name, ...words });
  useEffect(() => {
    let dropped = false;
    const wait = first.current ? 0 : QUIET_MS;
    first.current = false;
    const timer = setTimeout(async () => {
      const form = new FormData();
      for (const [field, text] of Object.entries(JSON.parse(asked) as Record<string, string>)) {
        form.append(field, text);
      }
      const answer = await previewMailAction({ status: "failed", message: "" }, form).catch(
        () => undefined,
      );
      if (dropped) return;
      if (answer?.status === "seen") setSeen(answer);
      setTrouble(answer?.status === "failed" ? answer.message : undefined);
    }, wait);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return { seen, trouble };
}
