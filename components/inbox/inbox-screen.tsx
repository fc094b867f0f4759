import type { Icon } from "@tabler/icons-react";
import {
  IconArrowBackUp,
  IconArrowRight,
  IconBan,
  IconBell,
  IconCalendarPlus,
  IconChartBar,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClockEdit,
  IconClockExclamation,
  IconClockOff,
  IconDoor,
  IconDoorExit,
  IconDoorOff,
  IconFileImport,
  IconFileText,
  IconInbox,
  IconMailX,
  IconMessageCircle,
  IconPencil,
  IconTrophy,
  IconUserMinus,
  IconUserOff,
  IconUserPlus,
  IconVideo,
  IconVideoOff,
  IconWebhook,
} from "@tabler/icons-react";
import Link from "next/link";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { t } from "@/components/ui/office-text";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { markReadAction } from "@/lib/notifications/actions";
import type { InboxEntry, NoticeKind } from "@/lib/notifications/core/inbox";
import { formatDateLong, formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./inbox-screen.module.css";

const ICONS: Readonly<Record<NoticeKind, Icon>> = {
  requested: IconCalendarPlus,
  booked: IconCalendarPlus,
  confirmed: IconCircleCheck,
  declined: IconCircleX,
  moved: IconArrowRight,
  cancelled: IconBan,
  restored: IconArrowBackUp,
  joined: IconUserPlus,
  left: IconUserMinus,
  expired: IconClockOff,
  "mail-failed": IconMailX,
  "webhook-stopped": IconWebhook,
  updated: IconPencil,
  "no-show": IconUserOff,
  proposed: IconClockEdit,
  "proposal-declined": IconCircleX,
  answered: IconMessageCircle,
  reminder: IconBell,
  "room-asked": IconDoor,
  "room-declined": IconDoorOff,
  "room-released": IconDoorExit,
  "online-failed": IconVideoOff,
  "link-ready": IconVideo,
  "summary-ready": IconFileText,
  invited: IconCalendarPlus,
  removed: IconUserMinus,
  "deal-assigned": IconUserPlus,
  "deal-mentioned": IconMessageCircle,
  "deal-moved": IconArrowRight,
  "deal-won": IconTrophy,
  "deal-lost": IconCircleX,
  "activity-due": IconBell,
  "answer-overdue": IconClockExclamation,
  "import-ended": IconFileImport,
  "figures-drifted": IconChartBar,
};

/** Where the entry leads: its meeting, its deal, what it is of, or nowhere. */
function pathOf({ meetingId, leadId, kind }: InboxEntry): string | undefined {
  if (kind === "import-ended") return "/leads/import";
  if (meetingId !== null) return `/meetings/${meetingId}`;
  return leadId === null ? undefined : `/leads/${leadId}`;
}

function Notice({ item, now, reader }: { item: InboxEntry; now: Instant; reader: ScreenReader }) {
  const KindIcon = ICONS[item.kind];
  const path = pathOf(item);
  const today = calendarDateAt(reader.zone, item.at) === calendarDateAt(reader.zone, now);
  const time = formatTime(item.at, reader);
  return (
    <li className={classes.notice} data-read={item.read || undefined}>
      <span className={classes.icon} data-kind={item.kind}>
        <KindIcon size={16} stroke={1.6} aria-hidden="true" />
      </span>
      <div className={classes.words}>
        <h2>
          {item.read ? null : <span className="sr-only">{t("inbox.isNew")} </span>}
          {path === undefined ? (
            item.title
          ) : (
            <Link href={path} data-row>
              {item.title}
            </Link>
          )}
        </h2>
        <p>
          {t(`notices.${item.kind}`)}
          {item.detail === null ? "" : ` · ${item.detail}`}
        </p>
      </div>
      <time
        dateTime={toIso(item.at)}
        title={`${formatDateLong(item.at, reader)}, ${time} ${zoneAbbreviation(item.at, reader.zone, reader.locale)}`}
      >
        {today ? time : formatDateShort(item.at, reader)}
      </time>
      {item.read ? (
        <span className={classes.done} />
      ) : (
        <form action={markReadAction} className={classes.done}>
          <input type="hidden" name="id" value={item.id} />
          <button
            type="submit"
            aria-label={t("inbox.markReadNamed", { title: item.title })}
            title={t("inbox.markRead")}
          >
            <IconCheck size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </form>
      )}
    </li>
  );
}

/** What happened while one was elsewhere: unread first, everything on the other tab. */
export function InboxScreen({
  items,
  tab,
  unread,
  reader,
  now,
}: {
  items: readonly InboxEntry[];
  tab: "unread" | "all";
  unread: number;
  reader: ScreenReader;
  now: Instant;
}) {
  return (
    <div className={classes.inbox}>
      <PageHead title={t("inbox.title")} context={t("inbox.context", { count: unread })}>
        {unread > 0 ? (
          <form action={markReadAction}>
            <input type="hidden" name="id" value="all" />
            <SubmitButton>{t("inbox.markAll")}</SubmitButton>
          </form>
        ) : null}
      </PageHead>
      <nav className={classes.tabs} aria-label={t("inbox.tabs")}>
        <Link href="/inbox" aria-current={tab === "unread" ? "page" : undefined}>
          {t("inbox.unread")}
          {unread > 0 ? <span>{unread}</span> : null}
        </Link>
        <Link href="/inbox?tab=all" aria-current={tab === "all" ? "page" : undefined}>
          {t("inbox.all")}
        </Link>
      </nav>
      {items.length === 0 ? (
        <Blank
          icon={<IconInbox size={20} stroke={1.6} />}
          title={tab === "all" ? t("inbox.none") : t("inbox.noUnread")}
        >
          {t("inbox.noUnreadWhy")}
        </Blank>
      ) : (
        <ul>
          {items.map((item) => (
            <Notice key={item.id} item={item} now={now} reader={reader} />
          ))}
        </ul>
      )}
      <ListKeys />
    </div>
  );
}
