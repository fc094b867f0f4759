"use client";

import type { RefObject } from "react";
import { useEffect, useRef } from "react";

// A mouse that trembles is no drag; a finger that rests is one, a finger that moves scrolls.
const FAR_ENOUGH_PX = 5;
const LONG_PRESS_MS = 320;
const EDGE_PX = 64;
const FASTEST_PX = 18;

export type DragHands = {
  /** Whether the card may be lifted; it is carried from then on. */
  readonly lift: (id: string) => boolean;
  /** Over which column or zone it is; told only when that changes. */
  readonly over: (target: string) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
};

type Press = {
  readonly id: string;
  readonly link: HTMLElement;
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  readonly touch: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
};

type Carried = {
  readonly ghost: HTMLElement;
  readonly offsetX: number;
  readonly offsetY: number;
  x: number;
  y: number;
  target: string | undefined;
  frame: number;
};

/** A picture of the card that follows the pointer by transform alone: nothing is laid out, nothing is drawn by React. */
function ghostOf(link: HTMLElement, layer: HTMLElement): HTMLElement {
  const card = link.closest("article") ?? link;
  const { width, height } = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  for (const part of ghost.querySelectorAll("button, select")) part.remove();
  for (const part of ghost.querySelectorAll("[data-card]")) part.removeAttribute("data-card");
  ghost.style.width = `${width}px`;
  ghost.style.height = `${height}px`;
  layer.replaceChildren(ghost);
  return ghost;
}

const inside = ({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean =>
  x >= left && x < right && y >= top && y < bottom;

/** What lies under the pointer: a zone first, as zones float above columns. */
function targetAt(board: HTMLElement, x: number, y: number): string | undefined {
  for (const zone of board.querySelectorAll<HTMLElement>("[data-zone]"))
    if (inside(zone.getBoundingClientRect(), x, y)) return zone.dataset.zone;
  for (const column of board.querySelectorAll<HTMLElement>("[data-column]")) {
    const { left, right } = column.getBoundingClientRect();
    if (x >= left && x < right) return column.dataset.column;
  }
  return undefined;
}

/** How fast to scroll towards an edge: faster the nearer. */
function speedAt(at: number, from: number, to: number): number {
  if (at < from + EDGE_PX) return -Math.min(1, (from + EDGE_PX - at) / EDGE_PX) * FASTEST_PX;
  if (at > to - EDGE_PX) return Math.min(1, (at - to + EDGE_PX) / EDGE_PX) * FASTEST_PX;
  return 0;
}

function scrollAtEdges(board: HTMLElement, { x, y, target }: Carried): boolean {
  const across = board.querySelector<HTMLElement>("[data-columns]");
  const along =
    target === undefined
      ? null
      : board.querySelector<HTMLElement>(`[data-column="${CSS.escape(target)}"] [data-scroller]`);
  let moved = false;
  if (across !== null && across.scrollWidth > across.clientWidth) {
    const { left, right } = across.getBoundingClientRect();
    const speed = speedAt(x, left, right);
    if (speed !== 0) across.scrollLeft += speed;
    moved ||= speed !== 0;
  }
  if (along !== null) {
    const { top, bottom } = along.getBoundingClientRect();
    const speed = speedAt(y, top, bottom);
    if (speed !== 0) along.scrollTop += speed;
    moved ||= speed !== 0;
  }
  return moved;
}

class Drag {
  private press: Press | undefined;
  private carried: Carried | undefined;
  hands: DragHands;
  private readonly board: HTMLElement;
  private readonly layer: HTMLElement;

  constructor(board: HTMLElement, layer: HTMLElement, hands: DragHands) {
    this.board = board;
    this.layer = layer;
    this.hands = hands;
  }

  down = (event: PointerEvent): void => {
    const { target } = event;
    if (event.button !== 0 || !event.isPrimary || !(target instanceof Element)) return;
    const link = target.closest<HTMLElement>("[data-card]");
    const id = link?.dataset.card;
    if (link === null || id === undefined || this.press !== undefined) return;
    const touch = event.pointerType === "touch";
    this.press = {
      id,
      link,
      pointerId: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      touch,
      timer: undefined,
    };
    if (touch) {
      const { clientX, clientY } = event;
      this.press.timer = setTimeout(() => this.begin(clientX, clientY), LONG_PRESS_MS);
    }
    window.addEventListener("pointermove", this.move);
    window.addEventListener("pointerup", this.up);
    window.addEventListener("pointercancel", this.cancel);
    window.addEventListener("keydown", this.key, true);
  };

  private begin(x: number, y: number): void {
    const { press } = this;
    if (press === undefined || !this.hands.lift(press.id)) {
      this.end();
      return;
    }
    const { left, top } = press.link.getBoundingClientRect();
    this.carried = {
      ghost: ghostOf(press.link, this.layer),
      offsetX: press.startX - left,
      offsetY: press.startY - top,
      x,
      y,
      target: undefined,
      frame: requestAnimationFrame(this.draw),
    };
    document.documentElement.style.cursor = "grabbing";
  }

  private move = (event: PointerEvent): void => {
    const { press, carried } = this;
    if (press === undefined || event.pointerId !== press.pointerId) return;
    const { clientX, clientY } = event;
    if (carried !== undefined) {
      carried.x = clientX;
      carried.y = clientY;
      if (carried.frame === 0) carried.frame = requestAnimationFrame(this.draw);
      return;
    }
    const far = Math.hypot(clientX - press.startX, clientY - press.startY);
    if (far < FAR_ENOUGH_PX) return;
    if (press.touch) this.end();
    else this.begin(clientX, clientY);
  };

  private draw = (): void => {
    const { carried } = this;
    if (carried === undefined) return;
    carried.frame = 0;
    const { ghost, x, y, offsetX, offsetY } = carried;
    ghost.style.transform = `translate3d(${x - offsetX}px, ${y - offsetY}px, 0) rotate(1.5deg)`;
    const target = targetAt(this.board, x, y);
    if (target !== undefined && target !== carried.target) {
      carried.target = target;
      this.hands.over(target);
    }
    // At an edge it goes on by itself, though the pointer rests.
    if (scrollAtEdges(this.board, carried)) carried.frame = requestAnimationFrame(this.draw);
  };

  private up = (event: PointerEvent): void => {
    if (event.pointerId !== this.press?.pointerId) return;
    const carried = this.carried !== undefined;
    if (carried) {
      this.draw();
      swallowClick();
    }
    this.end();
    if (carried) this.hands.drop();
  };

  private cancel = (): void => {
    const carried = this.carried !== undefined;
    this.end();
    if (carried) this.hands.cancel();
  };

  private key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.carried === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    this.cancel();
  };

  /** A finger that carries must not scroll the page, nor open the browser's own menu. */
  keep = (event: Event): void => {
    if (this.carried !== undefined || (event.type === "contextmenu" && this.press?.touch))
      event.preventDefault();
  };

  end(): void {
    clearTimeout(this.press?.timer);
    if (this.carried !== undefined) cancelAnimationFrame(this.carried.frame);
    this.layer.replaceChildren();
    this.press = undefined;
    this.carried = undefined;
    document.documentElement.style.cursor = "";
    window.removeEventListener("pointermove", this.move);
    window.removeEventListener("pointerup", this.up);
    window.removeEventListener("pointercancel", this.cancel);
    window.removeEventListener("keydown", this.key, true);
  }
}

/** The click that ends a drag opens nothing. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
}

/** Lets cards be carried by mouse, pen and finger (after a long press); Escape puts one back. */
export function useCardDrag(
  board: RefObject<HTMLElement | null>,
  layer: RefObject<HTMLElement | null>,
  hands: DragHands,
): void {
  const drag = useRef<Drag>(undefined);
  const latest = useRef(hands);
  useEffect(() => {
    latest.current = hands;
    if (drag.current !== undefined) drag.current.hands = hands;
  });
  useEffect(() => {
    const { current: on } = board;
    const { current: above } = layer;
    if (on === null || above === null) return;
    const made = new Drag(on, above, latest.current);
    drag.current = made;
    on.addEventListener("pointerdown", made.down);
    on.addEventListener("touchmove", made.keep, { passive: false });
    on.addEventListener("contextmenu", made.keep);
    return () => {
      made.end();
      on.removeEventListener("pointerdown", made.down);
      on.removeEventListener("touchmove", made.keep);
      on.removeEventListener("contextmenu", made.keep);
    };
  }, [board, layer]);
}
