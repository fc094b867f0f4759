import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import type { VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { hasAccounts } from "@/lib/conferencing/core/virtual-room";
import { formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { t } from "./virtual-room-text";

/** What of a virtual room needs to be known at a glance; trouble first. */
export function RoomState({ room, reader }: { room: VirtualRoomView; reader: ScreenReader }) {
  const { accounts, active, failed, isDefault, openUntil, provider, testCause, testedAt, waiting } =
    room;
  const asks = hasAccounts(provider);
  const broken = asks && (testCause !== null || accounts.length === 0);
  return (
    <>
      {isDefault ? <Tag tone="accent">{t("default")}</Tag> : null}
      {active ? null : <Tag>{t("off")}</Tag>}
      {broken ? <Tag tone="danger">{t("state.broken")}</Tag> : null}
      {asks && !broken ? (
        <Tag tone={testedAt === null ? "neutral" : "ok"}>
          {testedAt === null ? t("state.untested") : t("state.works")}
        </Tag>
      ) : null}
      {openUntil === null ? null : (
        <Tag tone="warn">
          {t("state.paused", { time: formatTime(instantOf(openUntil), reader) })}
        </Tag>
      )}
      {failed === 0 ? null : <Tag tone="danger">{t("state.failed", { count: failed })}</Tag>}
      {waiting === 0 ? null : <Tag tone="info">{t("state.waiting", { count: waiting })}</Tag>}
    </>
  );
}
