"use client";

import { notifications } from "@mantine/notifications";
import { useEffect, useMemo, useRef, useState } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { moveMeetingAction, takeBackMoveAction } from "@/lib/meetings/actions/move-meeting";
import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import { UNDO_SECONDS } from "@/lib/meetings/core/deadlines";
import type { MoveAnswer } from "@/lib/meetings/core/move-answer";
import { formatDateShort, formatTimeRange } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { t } from "./calendar-text";
import type { Grip, Span } from "./grid-move";
import { MovedNotice } from "./moved-notice";
import { useUndoKey } from "./use-undo-key";

type Refused = Extract<MoveAnswer, { status: "refused" }>;

/** A change the server has not shown yet: where the block stands meanwhile. */
type Held = { readonly span: Span; readonly until: number; readonly saving: boolean };

/** Why a meeting stays where it was, and what could be done instead. */
export type Trouble = {
  readonly block: CalendarBlock;
  readonly answer: Refused;
  readonly minutes: number;
};

export type BlockChanges = {
  /** The blocks as they stand for the eye: with what was just changed, and without what was refused. */
  readonly blocks: readonly CalendarBlock[];
  readonly saving: ReadonlySet<string>;
  readonly change: (block: CalendarBlock, span: Span, grip: Grip) => void;
  readonly trouble: Trouble | undefined;
  readonly dismiss: () => void;
  /** For those who hear the page. */
  readonly said: string;
  readonly say: (words: string) => void;
};

export const whenText = ({ start, end }: Span, reader: ScreenReader): string =>
  `${formatDateShort(start, reader)} ${formatTimeRange({ from: start, to: end }, reader)}`;

const unreachable = (): Refused => ({
  status: "refused",
  message: t("move.failed"),
  conflicts: [],
  nextStarts: [],
});

/** An action whose request was lost is a refusal like others: nothing was changed, or the next look shows it. */
async function asked(call: Promise<MoveAnswer>): Promise<MoveAnswer> {
  try {
    return await call;
  } catch {
    return unreachable();
  }
}

/** Each move has a notice of its own: one that is on its way out can not be shown again. */
const noticeOf = (id: string, version: number) => `moved-${id}-${version}`;

/**
 * Moves that show at once and are true in the end: a block stands where it was put while the server is asked, stays
 * there when it agrees, and returns when it does not. Each can be taken back for a few seconds; nobody is told before.
 */
export function useBlockChanges(
  rows: readonly CalendarBlock[],
  reader: ScreenReader,
): BlockChanges {
  const [held, setHeld] = useState<ReadonlyMap<string, Held>>(new Map());
  const [trouble, setTrouble] = useState<Trouble>();
  const [said, say] = useState("");
  const last = useRef<{ readonly run: () => Promise<void>; readonly until: number }>(undefined);

  const hold = (id: string, next: Held | undefined) =>
    setHeld((before) => {
      const after = new Map(before);
      if (next === undefined) after.delete(id);
      else after.set(id, next);
      return after;
    });

  // What the server shows by now needs holding no longer.
  useEffect(() => {
    setHeld((before) => {
      const versions = new Map(rows.map(({ id, version }) => [id, version]));
      const left = [...before].filter(
        ([id, { until, saving }]) => saving || (versions.get(id as never) ?? until) < until,
      );
      return left.length === before.size ? before : new Map(left);
    });
  }, [rows]);

  const blocks = useMemo(
    () =>
      rows.map((block) => {
        const change = block.id === null ? undefined : held.get(block.id);
        if (change === undefined || block.version >= change.until) return block;
        // What was answered already is what the next change begins with, though the page does not show it yet.
        return { ...block, ...change.span, ...(change.saving ? {} : { version: change.until }) };
      }),
    [rows, held],
  );
  const saving = useMemo(
    () => new Set([...held].flatMap(([id, change]) => (change.saving ? [id] : []))),
    [held],
  );

  const refuse = (block: CalendarBlock, answer: Refused, span: Span) => {
    setTrouble({ block, answer, minutes: (span.end - span.start) / 60_000 });
    say(`${answer.message} ${t("move.stays", { subject: block.subject })}`);
  };

  const takeBack = async (block: CalendarBlock, version: number) => {
    if (block.id === null) return;
    notifications.hide(noticeOf(block.id, version));
    last.current = undefined;
    const span = { start: block.start, end: block.end };
    hold(block.id, { span, until: version + 1, saving: true });
    const answer = await asked(takeBackMoveAction(payload({ meetingId: block.id, version })));
    if (answer.status === "refused") {
      hold(block.id, undefined);
      refuse(block, answer, span);
      return;
    }
    hold(block.id, { span, until: answer.version, saving: false });
    const words = t("move.undone", { subject: block.subject, time: whenText(span, reader) });
    say(words);
    notifications.show({ color: "accent", message: words, autoClose: 4_000 });
  };

  const change = async (block: CalendarBlock, span: Span, grip: Grip) => {
    const { id } = block;
    if (id === null || saving.has(id)) return;
    setTrouble(undefined);
    hold(id, { span, until: block.version + 1, saving: true });
    const { version } = block;
    notifications.hide(noticeOf(id, version));
    const asking = asked(
      moveMeetingAction(
        payload({ meetingId: id, version, start: toIso(span.start), end: toIso(span.end) }),
      ),
    );
    const run = async () => {
      const moved = await asking;
      if (moved.status === "done") await takeBack(block, moved.version);
    };
    // Who undoes before the answer is here means it all the same.
    last.current = { run, until: performance.now() + UNDO_SECONDS * 1_000 };
    const answer = await asking;
    if (answer.status === "refused") {
      hold(id, undefined);
      refuse(block, answer, span);
      return;
    }
    hold(id, { span, until: answer.version, saving: false });
    const key = grip === "whole" ? "move.moved" : "move.stretched";
    const words = t(key, { subject: block.subject, time: whenText(span, reader) });
    const told = t("move.told", { count: answer.told });
    // Taken back meanwhile: then there is nothing to offer.
    if (last.current?.run !== run) return;
    last.current = { run, until: performance.now() + UNDO_SECONDS * 1_000 };
    say(`${words} ${told}`);
    notifications.show({
      id: noticeOf(id, answer.version),
      color: "accent",
      autoClose: UNDO_SECONDS * 1_000,
      message: <MovedNotice words={words} told={told} onUndo={() => void run()} />,
    });
  };

  useUndoKey(() => {
    if (last.current === undefined || performance.now() > last.current.until) return;
    const { run } = last.current;
    last.current = undefined;
    void run();
  });

  return {
    blocks,
    saving,
    change: (block, span, grip) => void change(block, span, grip),
    trouble,
    dismiss: () => setTrouble(undefined),
    said,
    say,
  };
}
