"use client";

import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react";
import type { PointerEvent, ReactNode } from "react";
import { useRef, useState, useTransition } from "react";
import { orderAction } from "@/lib/crm/actions/set-up";
import type { OrderInput } from "@/lib/crm/core/set-up-input";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

type Item = { readonly id: string; readonly name: string };

const moved = <Value,>(all: readonly Value[], from: number, to: number): Value[] => {
  const rest = all.filter((_, at) => at !== from);
  return [...rest.slice(0, to), ...all.slice(from, from + 1), ...rest.slice(to)];
};

/** The place a pointer at this height is over. */
function placeAt(list: HTMLElement, y: number): number {
  const rows = [...list.children];
  const at = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return at === -1 ? rows.length - 1 : at;
}

type Drag = { readonly order: readonly string[]; readonly id: string };

/**
 * A list whose order is changed by dragging the handle or by the arrow buttons of each line, kept at once. Where that
 * is refused (somebody removed one meanwhile) the old order is back.
 */
export function Sortable<Line extends Item>({
  what,
  items,
  label,
  children,
}: {
  what: OrderInput["what"];
  items: readonly Line[];
  label: string;
  children: (item: Line) => ReactNode;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const [kept, setKept] = useState<readonly string[]>();
  const [said, setSaid] = useState("");
  const [pending, start] = useTransition();
  const known = items.map(({ id }) => id);
  // What was just saved, until the page brings it.
  const order = drag?.order ?? (pending ? (kept ?? known) : known);
  const lines = order.flatMap((id) => items.find((item) => item.id === id) ?? []);

  const save = (ids: readonly string[], item: Item) => {
    if (ids.join() === known.join()) return;
    setKept(ids);
    start(async () => {
      const form = new FormData();
      form.set("what", what);
      form.set("ids", JSON.stringify(ids));
      const answer = await orderAction({ status: "idle" }, form).catch(() => undefined);
      const place = ids.indexOf(item.id) + 1;
      setSaid(
        answer?.status === "done"
          ? t("order.now", { name: item.name, place, count: ids.length })
          : t("order.refused"),
      );
    });
  };

  /** Heard on the window: a line that takes another place in the page loses what it had captured. */
  const beginDrag = (event: PointerEvent<HTMLElement>, item: Item) => {
    if (event.button !== 0) return;
    event.preventDefault();
    let dragged = order;
    setDrag({ id: item.id, order: dragged });
    const heard = new AbortController();
    const { signal } = heard;
    const end = (keep: boolean) => {
      heard.abort();
      setDrag(undefined);
      if (keep) save(dragged, item);
    };
    const move = ({ clientY }: { readonly clientY: number }) => {
      if (list.current === null) return end(false);
      const from = dragged.indexOf(item.id);
      const to = placeAt(list.current, clientY);
      if (to === from) return;
      dragged = moved(dragged, from, to);
      setDrag({ id: item.id, order: dragged });
    };
    window.addEventListener("pointermove", move, { signal });
    window.addEventListener("pointerup", () => end(true), { signal });
    window.addEventListener("pointercancel", () => end(false), { signal });
  };

  return (
    <>
      <ul className={classes.lines} aria-label={label} ref={list}>
        {lines.map((item, at) => (
          <li
            key={item.id}
            className={classes.line}
            data-dragged={drag?.id === item.id || undefined}
          >
            <span
              className={classes.handle}
              aria-hidden="true"
              onPointerDown={(event) => beginDrag(event, item)}
            >
              <IconGripVertical size={16} stroke={1.6} />
            </span>
            <div className={classes.content}>{children(item)}</div>
            <span className={classes.steps}>
              <ActionIcon
                aria-label={t("order.up", { name: item.name })}
                disabled={at === 0}
                onClick={() => save(moved(order, at, at - 1), item)}
              >
                <IconArrowUp size={16} stroke={1.6} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                aria-label={t("order.down", { name: item.name })}
                disabled={at === lines.length - 1}
                onClick={() => save(moved(order, at, at + 1), item)}
              >
                <IconArrowDown size={16} stroke={1.6} aria-hidden="true" />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ul>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}
