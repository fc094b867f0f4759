import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import type { Instant } from "@/lib/time/instant";
import { instantAt } from "./grid-axis";
import type { GridColumn } from "./grid-columns";
import type { GridHours } from "./grid-layout";
import type { Grip, Span } from "./grid-move";
import { dragged, drawn, sameSpan } from "./grid-move";

/** What the pointer is doing with the grid. */
export type Gesture =
  | {
      readonly kind: "drag";
      readonly block: CalendarBlock;
      readonly grip: Grip;
      readonly span: Span;
    }
  | { readonly kind: "draw"; readonly column: GridColumn; readonly span: Span };

/** What a drag needs to know of the grid as it is drawn now, and whom it tells. */
export type DragGrid = {
  readonly columns: readonly GridColumn[];
  readonly hours: GridHours;
  readonly onDrop: (block: CalendarBlock, span: Span, grip: Grip) => void;
  readonly onDrawn: (column: GridColumn, span: Span) => void;
  /** Somebody tried to drag what is not theirs. */
  readonly onFixed: (block: CalendarBlock) => void;
};

/** A mouse that moves less than this only clicks; a finger that moves more before it is held long enough scrolls. */
const MOUSE_SLOP_PX = 4;
const FINGER_SLOP_PX = 8;
const LONG_PRESS_MS = 400;
/** Near an edge the grid scrolls along, this far with each movement. */
const EDGE_PX = 36;
const SCROLL_PX = 14;

const GRIPS: Readonly<Record<string, Grip>> = { start: "start", end: "end" };

type Pressed = {
  readonly pointerId: number;
  readonly x: number;
  readonly y: number;
  readonly mouse: boolean;
  /** On the column itself, where nothing stands. */
  readonly onEmpty: boolean;
  readonly column: GridColumn;
  readonly minute: number;
  readonly held: Instant;
  readonly block: CalendarBlock | undefined;
  readonly grip: Grip;
};

/** The column under a place, or the nearest one sideways; what is not shown is none. */
function columnAt(body: HTMLElement, x: number): HTMLElement | undefined {
  let nearest: HTMLElement | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const element of body.querySelectorAll<HTMLElement>("[data-column]")) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width === 0) continue;
    const away = Math.max(left - x, x - right, 0);
    if (away < distance) [nearest, distance] = [element, away];
  }
  return nearest;
}

/** Where in its day a height is, in minutes from the top of the day. */
function minuteUnder(element: HTMLElement, y: number, { first, last }: GridHours): number {
  const { top, height } = element.getBoundingClientRect();
  const share = Math.min(Math.max((y - top) / height, 0), 1);
  return (first + share * (last - first)) * 60;
}

/** Near the upper or lower end of what can be seen, shows more of the day. */
function scrollAlong(body: HTMLElement, y: number): void {
  const scrolls = body.scrollHeight > body.clientHeight + 1;
  const { top, bottom } = scrolls
    ? body.getBoundingClientRect()
    : { top: 52, bottom: window.innerHeight - 60 };
  const up = y < top + EDGE_PX ? -SCROLL_PX : 0;
  const by = y > bottom - EDGE_PX ? SCROLL_PX : up;
  if (by !== 0) (scrolls ? body : window).scrollBy(0, by);
}

/** The click that ends a drag opens nothing. */
function swallowClick(body: HTMLElement): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  body.addEventListener("click", swallow, { capture: true, once: true });
  // There is none when the pointer was released elsewhere.
  setTimeout(() => body.removeEventListener("click", swallow, { capture: true }), 50);
}

/**
 * Moving, stretching and drawing meetings with a mouse, a pen or a finger. A mouse begins at once, a finger after a
 * long press, because until then it scrolls. Escape, and whatever takes the pointer away, ends without a change.
 */
export class GridDrag {
  readonly #body: HTMLElement;
  readonly #grid: () => DragGrid;
  readonly #show: (gesture: Gesture | undefined) => void;
  #pressed: Pressed | undefined;
  #begun = false;
  #doing: Gesture | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    body: HTMLElement,
    grid: () => DragGrid,
    show: (gesture: Gesture | undefined) => void,
  ) {
    this.#body = body;
    this.#grid = grid;
    this.#show = show;
  }

  /** Listens until the signal ends it. */
  listen(signal: AbortSignal): void {
    const body = this.#body;
    body.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    window.addEventListener("pointermove", (event) => this.#move(event), { signal });
    window.addEventListener("pointerup", (event) => this.#up(event), { signal });
    window.addEventListener("pointercancel", () => this.#end(), { signal });
    window.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    // A finger that holds something neither scrolls nor opens a menu.
    const hold = (event: Event) => {
      if (this.#begun) event.preventDefault();
    };
    body.addEventListener("touchmove", hold, { signal, passive: false });
    const noMenu = (event: Event) => {
      if (this.#pressed?.mouse === false) event.preventDefault();
    };
    body.addEventListener("contextmenu", noMenu, { signal });
    signal.addEventListener("abort", () => this.#end());
  }

  #columnOf(element: HTMLElement | undefined): GridColumn | undefined {
    return element && this.#grid().columns[Number(element.dataset.column)];
  }

  #down(event: PointerEvent): void {
    if (this.#pressed !== undefined || event.button !== 0 || !event.isPrimary) return;
    const { target } = event;
    if (!(target instanceof Element)) return;
    const element = target.closest<HTMLElement>("[data-column]") ?? undefined;
    const column = this.#columnOf(element);
    if (element === undefined || column === undefined) return;
    const key = target.closest<HTMLElement>("[data-block]")?.dataset.block;
    const minute = minuteUnder(element, event.clientY, this.#grid().hours);
    const mouse = event.pointerType === "mouse";
    this.#pressed = {
      pointerId: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      mouse,
      onEmpty: target === element,
      column,
      minute,
      held: instantAt(column.axis, minute),
      block: column.placed.find(({ item }) => item.key === key)?.item,
      grip: GRIPS[target.closest<HTMLElement>("[data-edge]")?.dataset.edge ?? ""] ?? "whole",
    };
    if (!mouse) this.#timer = setTimeout(() => this.#begin(), LONG_PRESS_MS);
  }

  #begin(): void {
    const pressed = this.#pressed;
    if (pressed === undefined || this.#begun) return;
    const { block } = pressed;
    if (block === undefined ? !pressed.onEmpty : !block.movable) {
      this.#end();
      if (block !== undefined) this.#grid().onFixed(block);
      return;
    }
    this.#begun = true;
    this.#body.dataset.dragging = block === undefined ? "draw" : pressed.grip;
    this.#body.setPointerCapture(pressed.pointerId);
    if (!pressed.mouse) navigator.vibrate?.(10);
    this.#follow(pressed.x, pressed.y);
  }

  #follow(x: number, y: number): void {
    const pressed = this.#pressed;
    const target = columnAt(this.#body, x);
    const under = this.#columnOf(target);
    if (pressed === undefined || target === undefined || under === undefined) return;
    const { block, grip, held } = pressed;
    const minute = minuteUnder(target, y, this.#grid().hours);
    if (block === undefined) {
      const { column } = pressed;
      this.#tell({ kind: "draw", column, span: drawn(column.axis, pressed.minute, minute) });
      return;
    }
    // A meeting can be carried to another day; not to another person, whose day stands beside.
    const carried = grip === "whole" && under.personId === pressed.column.personId;
    const { axis } = carried ? under : pressed.column;
    const span = dragged(block, grip, held, instantAt(axis, minute));
    this.#tell({ kind: "drag", block, grip, span });
  }

  #move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (pressed === undefined || event.pointerId !== pressed.pointerId) return;
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (!this.#begun) {
      if (pressed.mouse && moved > MOUSE_SLOP_PX) this.#begin();
      if (!pressed.mouse && moved > FINGER_SLOP_PX) this.#end();
    }
    if (!this.#begun) return;
    this.#follow(event.clientX, event.clientY);
    scrollAlong(this.#body, event.clientY);
  }

  #up(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (pressed === undefined || event.pointerId !== pressed.pointerId) return;
    const [done, begun] = [this.#doing, this.#begun];
    this.#end();
    if (begun) swallowClick(this.#body);
    const { onDrop, onDrawn } = this.#grid();
    if (done?.kind === "drag" && !sameSpan(done.span, done.block)) {
      onDrop(done.block, done.span, done.grip);
    }
    if (done?.kind === "draw") onDrawn(done.column, done.span);
    if (!begun && pressed.mouse && pressed.onEmpty) {
      onDrawn(pressed.column, drawn(pressed.column.axis, pressed.minute, pressed.minute));
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.#begun) return;
    event.stopPropagation();
    this.#end();
  }

  #tell(gesture: Gesture | undefined): void {
    this.#doing = gesture;
    this.#show(gesture);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#pressed = undefined;
    this.#begun = false;
    delete this.#body.dataset.dragging;
    if (this.#doing !== undefined) this.#tell(undefined);
  }
}
