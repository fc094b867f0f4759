"use client";

import { useEffect, useState } from "react";
import { previewSeriesAction, previewSeriesEditAction } from "@/lib/meetings/actions/series";
import type { PreviewAnswer } from "@/lib/meetings/core/series-wire";

const PAUSE_MS = 500;

/**
 * How a new series, or a change of one, would come out, asked a moment after the last change; undefined meanwhile, and
 * while there is no question. The question is what the action takes, as JSON.
 */
export function useSeriesPreview(
  question: string | null,
  about: "new" | "change",
): PreviewAnswer | undefined {
  const [known, setKnown] = useState<{
    readonly question: string;
    readonly answer: PreviewAnswer;
  }>();
  useEffect(() => {
    if (question === null) return;
    let current = true;
    const later = setTimeout(() => {
      const form = new FormData();
      form.set("payload", question);
      // A broken connection says nothing about the dates; saving asks again.
      const ask = about === "new" ? previewSeriesAction : previewSeriesEditAction;
      ask(form).then(
        (answer) => {
          if (current) setKnown({ question, answer });
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(later);
    };
  }, [question, about]);
  return known !== undefined && known.question === question ? known.answer : undefined;
}
