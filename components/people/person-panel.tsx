import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { PanelKeys } from "@/components/meetings/panel-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/tag";
import { deviceOf } from "@/lib/auth/core/device";
import {
  endSessionsAction,
  resendInvitationAction,
  sendPasswordResetAction,
  setDisabledAction,
  withdrawInvitationAction,
} from "@/lib/people/actions/people";
import type { PersonDetail, PersonSession } from "@/lib/people/core/person";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { t } from "./people-text";
import { GroupsForm, PersonAct, ResetTwoFactor } from "./person-forms";
import { PersonLeaving } from "./person-leaving";
import classes from "./person-panel.module.css";
import { StateTag } from "./state-tag";

type Props = { readonly person: PersonDetail; readonly reader: ScreenReader };

const when = (moment: Instant, reader: ScreenReader): string =>
  `${formatDateShort(moment, reader)} ${formatTime(moment, reader)}`;

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Invitation({ person, reader }: Props) {
  return (
    <Part id="h-invitation" title={t("person.invitation")}>
      <p className={classes.words}>
        {person.invitedUntil === null
          ? t("person.invitationOver")
          : t("person.invitedUntil", { date: when(person.invitedUntil, reader) })}
      </p>
      <PersonAct action={resendInvitationAction} fields={{ userId: person.id }}>
        {t("person.resend")}
      </PersonAct>
      <PersonAct action={withdrawInvitationAction} fields={{ userId: person.id }} danger>
        {t("person.withdraw")}
      </PersonAct>
    </Part>
  );
}

function SigningIn({ person }: { person: PersonDetail }) {
  const ways = [
    person.hasPassword ? t("person.password") : undefined,
    person.passkeys > 0 ? t("person.passkeys", { count: person.passkeys }) : undefined,
    person.identities > 0 ? t("person.identities", { count: person.identities }) : undefined,
    person.totp ? t("person.totp") : undefined,
    person.apiKeys > 0 ? t("person.apiKeys", { count: person.apiKeys }) : undefined,
  ].filter((way) => way !== undefined);
  return (
    <Part id="h-signing-in" title={t("person.signingIn")}>
      <p className={classes.words}>{ways.length === 0 ? t("person.noWay") : ways.join(" · ")}</p>
      {person.state === "active" ? (
        <PersonAct action={sendPasswordResetAction} fields={{ userId: person.id }}>
          {t("person.sendReset")}
        </PersonAct>
      ) : null}
      {person.twoFactor ? <ResetTwoFactor userId={person.id} name={person.name} /> : null}
    </Part>
  );
}

function deviceWords({ userAgent }: PersonSession): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser === undefined || system === undefined) {
    return browser ?? system ?? t("person.unknownDevice");
  }
  return t("person.device", { browser, system });
}

function Sessions({ person, reader }: Props) {
  return (
    <Part id="h-sessions" title={t("person.sessions", { count: person.sessions.length })}>
      {person.sessions.length === 0 ? (
        <p className={classes.words}>{t("person.noSessions")}</p>
      ) : (
        <ul className={classes.sessions}>
          {person.sessions.map((session) => (
            <li key={session.id}>
              <div>
                <p>
                  {deviceWords(session)} {session.own ? <Tag>{t("person.thisOne")}</Tag> : null}
                </p>
                <p className={classes.words}>
                  {[session.address, t("person.seen", { date: when(session.seenAt, reader) })]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </div>
              <PersonAct
                action={endSessionsAction}
                fields={{ userId: person.id, sessionId: session.id }}
                label={t("person.endNamed", { device: deviceWords(session) })}
              >
                {t("person.end")}
              </PersonAct>
            </li>
          ))}
        </ul>
      )}
      {person.sessions.length > 1 ? (
        <PersonAct
          action={endSessionsAction}
          fields={{ userId: person.id, sessionId: "all" }}
          danger
        >
          {t("person.endAll")}
        </PersonAct>
      ) : null}
    </Part>
  );
}

function Account({ person, reader, own }: Props & { readonly own: boolean }) {
  const off = person.state === "deactivated";
  return (
    <Part id="h-leaving" title={t("leaving.title")}>
      {person.lastAdmin && !off ? (
        <p className={classes.words}>{t("person.lastAdmin")}</p>
      ) : (
        <PersonAct
          action={setDisabledAction}
          fields={{ userId: person.id, disabled: off ? "0" : "1" }}
          danger={!off}
        >
          {off ? t("person.activate") : t("person.deactivate")}
        </PersonAct>
      )}
      <PersonLeaving person={person} reader={reader} own={own} />
    </Part>
  );
}

/** One person beside the list, with an address of their own; the whole screen on a phone. */
export function PersonPanel({
  person,
  reader,
  own,
  closeHref,
}: Props & { readonly own: boolean; readonly closeHref: string }) {
  return (
    <aside className={classes.panel} aria-label={t("person.panel")}>
      <header className={classes.head}>
        <Avatar name={person.name} photoId={person.photoId} size={36} />
        <div className={classes.who}>
          <h2>{person.name}</h2>
          <p className={classes.words}>
            {[person.title, person.email].filter(Boolean).join(" · ")}
          </p>
        </div>
        <Link
          href={closeHref}
          scroll={false}
          className={classes.close}
          aria-label={t("person.close")}
          title={t("person.close")}
        >
          <IconX size={16} stroke={1.6} aria-hidden="true" />
        </Link>
      </header>
      <p className={classes.facts}>
        <StateTag state={person.state} />
        {person.twoFactor ? <Tag tone="ok">{t("person.twoFactor")}</Tag> : null}
        <span>{person.zone.replaceAll("_", " ")}</span>
        <time dateTime={toIso(person.createdAt)}>
          {t("person.since", { date: formatDateShort(person.createdAt, reader) })}
        </time>
      </p>
      {person.state === "invited" ? <Invitation person={person} reader={reader} /> : null}
      <Part id="h-groups" title={t("person.groups")}>
        <GroupsForm userId={person.id} groups={person.groups} />
      </Part>
      {person.state === "invited" ? null : (
        <>
          <SigningIn person={person} />
          <Sessions person={person} reader={reader} />
          <Account person={person} reader={reader} own={own} />
        </>
      )}
      <PanelKeys closeHref={closeHref} />
    </aside>
  );
}
