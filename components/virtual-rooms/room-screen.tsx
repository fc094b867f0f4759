import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { ProviderName } from "@/lib/conferencing/core/provider";
import type { VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { hasAccounts } from "@/lib/conferencing/core/virtual-room";
import { formatDateLong, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { Accounts } from "./accounts";
import { ArchiveForm } from "./archive-form";
import { Credentials } from "./credentials";
import { RoomState } from "./room-state";
import { SettingsForm } from "./settings-form";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

const SETTING_NAMES: Readonly<Partial<Record<ProviderName, string>>> = {
  zoom: "ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET",
  google_meet: "GOOGLE_CLIENT_EMAIL, GOOGLE_PRIVATE_KEY",
  teams: "TEAMS_TENANT_ID, TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET",
};

const momentWords = (moment: Instant, reader: ScreenReader): string =>
  `${formatDateLong(moment, reader)}, ${formatTime(moment, reader)}`;

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className={classes.part}>
      <SectionHead id={id} title={title} />
      {children}
    </section>
  );
}

function testedWords({ testedAt, testCause }: VirtualRoomView, reader: ScreenReader): string {
  if (testedAt === null) return t("status.untested");
  const date = momentWords(instantOf(testedAt), reader);
  return testCause === null
    ? t("status.tested", { date })
    : t("status.testFailed", { date, cause: testCause });
}

function Status({ room, reader }: { room: VirtualRoomView; reader: ScreenReader }) {
  const { coming, failed, openUntil, troubles, waiting } = room;
  return (
    <>
      <p className={classes.words}>{testedWords(room, reader)}</p>
      <dl className={classes.status}>
        <dt>{t("status.coming")}</dt>
        <dd>{coming}</dd>
        <dt>{t("status.waiting")}</dt>
        <dd>{waiting}</dd>
        <dt>{t("status.failed")}</dt>
        <dd>{failed}</dd>
        <dt>{t("status.breaker")}</dt>
        <dd>
          {openUntil === null
            ? t("status.closed")
            : t("status.open", { time: formatTime(instantOf(openUntil), reader) })}
        </dd>
        <dt>{t("status.last")}</dt>
        <dd>
          {troubles.length === 0
            ? t("status.quiet")
            : troubles.map(({ at, cause }) => (
                <p key={`${at}${cause}`}>
                  <time dateTime={toIso(instantOf(at))}>{momentWords(instantOf(at), reader)}</time>{" "}
                  {cause}
                </p>
              ))}
        </dd>
      </dl>
    </>
  );
}

/** One virtual room: how it works, who holds its meetings, and how it fares. */
export function RoomScreen({
  room,
  configured,
  appUrl,
  reader,
}: {
  room: VirtualRoomView;
  configured: readonly ProviderName[];
  appUrl: string;
  reader: ScreenReader;
}) {
  const asks = hasAccounts(room.provider);
  const setAt = room.credentialsSetAt;
  return (
    <div className={classes.screen}>
      <PageHead
        title={room.name}
        context={
          <span className={classes.tags}>
            {t(`providers.${room.provider}`)} <RoomState room={room} reader={reader} />
          </span>
        }
      />
      {asks ? (
        <>
          <Part id="v-state" title={t("parts.state")}>
            <Status room={room} reader={reader} />
          </Part>
          <Part id="v-accounts" title={t("parts.accounts")}>
            <Accounts room={room} reader={reader} />
          </Part>
          <Part id="v-credentials" title={t("parts.credentials")}>
            <Credentials
              room={room}
              setOn={setAt === null ? null : momentWords(instantOf(setAt), reader)}
              fromServer={configured.includes(room.provider)}
              settingNames={SETTING_NAMES[room.provider] ?? ""}
              webhookAddress={`${appUrl}/api/webhooks/zoom`}
            />
          </Part>
        </>
      ) : null}
      <Part id="v-settings" title={t("parts.settings")}>
        <SettingsForm room={room} />
      </Part>
      <Part id="v-archive" title={t("parts.archive")}>
        <ArchiveForm roomId={room.id} reader={reader} />
      </Part>
    </div>
  );
}
