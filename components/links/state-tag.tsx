import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import type { LinkState } from "@/lib/links/core/link-view";
import { words } from "./words";

const TONES: Readonly<Record<LinkState, Tone>> = {
  active: "ok",
  off: "warn",
  expired: "neutral",
  "used-up": "neutral",
  archived: "neutral",
};

/** What becomes of somebody who opens the link now. */
export function StateTag({ state }: { state: LinkState }) {
  return <Tag tone={TONES[state]}>{words(`state.${state}`)}</Tag>;
}
