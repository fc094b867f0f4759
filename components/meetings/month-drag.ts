import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";

/** A meeting on its way to another day. */
export type Carried = { readonly block: CalendarBlock; readonly over: CalendarDate };

export type MonthGrid = {
  readonly blockOf: (key: string) => CalendarBlock | undefined;
  readonly onDrop: (carried: Carried) => void;
  readonly onFixed: (block: CalendarBlock) => void;
};

const SLOP_PX = 5;
const LONG_PRESS_MS = 400;

const dateUnder = (x: number, y: number): CalendarDate | undefined => {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-date]");
  return cell?.dataset.date as CalendarDate | undefined;
};

/** Carries meetings from day to day of a month, with a mouse at once, with a finger after a long press. */
export function listenToMonth(
  body: HTMLElement,
  grid: () => MonthGrid,
  show: (carried: Carried | undefined) => void,
  signal: AbortSignal,
): void {
  let pressed: { block: CalendarBlock; x: number; y: number; pointer: PointerEvent } | undefined;
  let carried: Carried | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = () => {
    clearTimeout(timer);
    pressed = undefined;
    carried = undefined;
    delete body.dataset.dragging;
    show(undefined);
  };
  const carry = (x: number, y: number) => {
    const over = dateUnder(x, y);
    if (pressed === undefined || over === undefined) return;
    carried = { block: pressed.block, over };
    body.dataset.dragging = "whole";
    show(carried);
  };
  const begin = (x: number, y: number) => {
    if (pressed === undefined) return;
    const { block } = pressed;
    if (block.movable) return carry(x, y);
    end();
    grid().onFixed(block);
  };
  const onDown = (event: PointerEvent) => {
    if (pressed !== undefined || event.button !== 0 || !(event.target instanceof Element)) return;
    const key = event.target.closest<HTMLElement>("[data-block]")?.dataset.block;
    const block = key === undefined ? undefined : grid().blockOf(key);
    if (block === undefined) return;
    pressed = { block, x: event.clientX, y: event.clientY, pointer: event };
    if (event.pointerType !== "mouse") {
      timer = setTimeout(() => begin(event.clientX, event.clientY), LONG_PRESS_MS);
    }
  };
  const onMove = (event: PointerEvent) => {
    if (pressed === undefined || event.pointerId !== pressed.pointer.pointerId) return;
    if (carried !== undefined) return carry(event.clientX, event.clientY);
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > SLOP_PX;
    if (!far) return;
    if (event.pointerType === "mouse") begin(event.clientX, event.clientY);
    else end();
  };
  const onUp = () => {
    const done = carried;
    if (pressed === undefined) return;
    end();
    if (done === undefined) return;
    // The click that ends a drag opens nothing.
    const swallow = (event: Event) => event.preventDefault();
    body.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => body.removeEventListener("click", swallow, { capture: true }), 50);
    grid().onDrop(done);
  };
  body.addEventListener("pointerdown", onDown, { signal });
  window.addEventListener("pointermove", onMove, { signal });
  window.addEventListener("pointerup", onUp, { signal });
  window.addEventListener("pointercancel", end, { signal });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && carried !== undefined) end();
  };
  window.addEventListener("keydown", onKey, { signal });
  const hold = (event: Event) => {
    if (carried !== undefined) event.preventDefault();
  };
  body.addEventListener("touchmove", hold, { signal, passive: false });
}
