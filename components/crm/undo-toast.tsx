"use client";

import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { payload } from "@/components/links/payload";
import { undoChangeAction } from "@/lib/crm/actions/undo";
import { t } from "./crm-text";
import classes from "./undo-toast.module.css";

/** How long the way back is offered; the server honours it for longer, for slow lines. */
const SHOWN_MS = 8_000;

export type Undoable = {
  /** From the answer of `changeLeads`. */
  readonly undoId: string;
  /** What was done: "Moved ‘Dalton Bakeries’ to Negotiation". */
  readonly words: string;
  /** After it was taken back; absent: the page is asked for again. */
  readonly onUndone?: () => void;
};

// Several may be shown at once: the key takes back the last.
const shown: string[] = [];

const idOf = (undoId: string) => `undo-${undoId}`;

function useUndoKey(undoId: string, undo: () => void) {
  const latest = useRef(undo);
  useEffect(() => {
    latest.current = undo;
  });
  useEffect(() => {
    shown.push(undoId);
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== "z" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
      if (target instanceof Element && target.closest("input, textarea, [contenteditable]")) return;
      if (shown.at(-1) !== undoId) return;
      event.preventDefault();
      // The next one in the pile hears the next key, not this one.
      event.stopImmediatePropagation();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      shown.splice(shown.indexOf(undoId), 1);
      window.removeEventListener("keydown", onKey);
    };
  }, [undoId]);
}

async function takeBack({ undoId, onUndone }: Undoable, refresh: () => void): Promise<void> {
  notifications.hide(idOf(undoId));
  try {
    const answer = await undoChangeAction(payload({ undoId }));
    const done = answer.status === "done";
    notifications.show({
      role: "status",
      color: done ? "accent" : "danger",
      message: done ? t("undo.undone", { label: answer.label }) : answer.message,
      autoClose: 4_000,
    });
    (onUndone ?? refresh)();
  } catch {
    notifications.show({ role: "status", color: "danger", message: t("undo.failed") });
  }
}

function UndoNotice(undoable: Undoable) {
  const router = useRouter();
  const undo = () => void takeBack(undoable, router.refresh);
  useUndoKey(undoable.undoId, undo);
  return (
    <span className={classes.notice}>
      <span>{undoable.words}</span>
      <button type="button" onClick={undo}>
        {t("undo.button")}
      </button>
    </span>
  );
}

/** Says what was done, and offers the way back for 8 seconds: by its button, and by Ctrl Z or ⌘Z while it is shown. */
export function showUndo(undoable: Undoable): void {
  notifications.show({
    id: idOf(undoable.undoId),
    role: "status",
    color: "accent",
    autoClose: SHOWN_MS,
    message: <UndoNotice {...undoable} />,
  });
}
