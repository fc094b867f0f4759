"use client";

import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import type { z } from "zod";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { changeDealAction } from "@/lib/crm/actions/deal";
import type { DealAnswer, Meanwhile } from "@/lib/crm/core/deal-answer";
import type { changeDealInput } from "@/lib/crm/core/deal-input";
import type { DealView } from "@/lib/crm/core/deal-view";
import { showUndo } from "../undo-toast";
import { t } from "./deal-text";
import { changeWords } from "./fact-words";

export type Act = z.input<typeof changeDealInput>["act"];

export type DealActs = {
  /** Does an act. What can be undone says so itself; the answer is for whoever keeps a form open. */
  readonly run: (act: Act) => Promise<DealAnswer>;
  /** The same for a button: a refusal and what others changed meanwhile are told in a notice. */
  readonly press: (act: Act) => Promise<boolean>;
  readonly busy: boolean;
  /** Asks for the deal as it is now. */
  readonly refresh: () => void;
};

/** "Mei Tan changed Stage: Proposal → Negotiation". */
export const meanwhileWords = (changes: readonly Meanwhile[], reader: ScreenReader): string =>
  changes
    .map((change) => `${change.by ?? t("facts.somebody")}: ${changeWords(change, reader)}`)
    .join(". ");

async function asked(call: Promise<DealAnswer>): Promise<DealAnswer> {
  try {
    return await call;
  } catch {
    return { status: "refused", message: t("deal.unreachable") };
  }
}

/** Changes to one deal, each at the version its reader has seen last. */
export function useDealActs(
  { lead }: DealView,
  reader: ScreenReader,
  refresh: () => void,
): DealActs {
  const [running, setRunning] = useState(0);
  // An answer tells the next version before the page shows it: a second act must not collide with the first.
  const answered = useRef({ id: lead.id, version: lead.version });

  const run = async (act: Act): Promise<DealAnswer> => {
    setRunning((count) => count + 1);
    const before = answered.current.id === lead.id ? answered.current.version : 0;
    const version = Math.max(before, lead.version);
    const answer = await asked(changeDealAction(payload({ id: lead.id, version, act })));
    setRunning((count) => count - 1);
    if (answer.status === "refused") return answer;
    answered.current = { id: lead.id, version: answer.version };
    if (answer.status === "done" && answer.undoId !== null)
      showUndo({ undoId: answer.undoId, words: answer.words, onUndone: refresh });
    refresh();
    return answer;
  };

  const press = async (act: Act): Promise<boolean> => {
    const answer = await run(act);
    if (answer.status === "done") return true;
    const message =
      answer.status === "refused"
        ? answer.message
        : `${meanwhileWords(answer.changes, reader)}. ${t("conflict.shown")}`;
    notifications.show({ role: "alert", color: "danger", message });
    return false;
  };

  return { run, press, busy: running > 0, refresh };
}
