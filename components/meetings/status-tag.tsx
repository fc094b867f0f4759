import { t } from "@/components/ui/office-text";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import type { MeetingStatus } from "@/lib/meetings/core/meeting-view";
import { words } from "./editor/words";

const TONES: Readonly<Record<MeetingStatus, Tone>> = {
  pending: "warn",
  draft: "neutral",
  confirmed: "ok",
  done: "neutral",
  "no-show": "neutral",
  cancelled: "neutral",
  declined: "neutral",
};

/** A meeting's state in words; colour only underlines a decision that is due and a yes that was given. */
export const StatusTag = ({
  status,
  visibility = "public",
}: {
  status: MeetingStatus;
  visibility?: "public" | "private";
}) => (
  <>
    <Tag tone={TONES[status]}>{t(`status.${status}`)}</Tag>
    {visibility === "private" ? <Tag>{words("facts.private")}</Tag> : null}
  </>
);
