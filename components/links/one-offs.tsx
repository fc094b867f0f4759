"use client";

import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState, useTransition } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import { archiveLinkAction, makeOneOffAction } from "@/lib/links/actions";
import type { FieldErrors } from "@/lib/links/core/action-answers";
import type { LinkState, OneOff } from "@/lib/links/core/link-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { endOfDay } from "@/lib/time/offset";
import { CopyAddress, copyText } from "./copy-button";
import { payload } from "./payload";
import classes from "./share.module.css";
import { words } from "./words";

const TONES: Readonly<Record<LinkState, Tone>> = {
  active: "ok",
  off: "warn",
  expired: "neutral",
  "used-up": "info",
  archived: "neutral",
};

/** Links for one guest each, made from this one. */
export function OneOffs({
  linkId,
  oneOffs,
  appUrl,
  reader,
}: {
  linkId: string;
  oneOffs: readonly OneOff[];
  appUrl: string;
  reader: ScreenReader;
}) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [lastDay, setLastDay] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, start] = useTransition();
  const addressOf = (token: string) => `${appUrl}/book/${token}`;

  const make = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const expiresAt =
        lastDay === "" ? null : toIso(endOfDay(lastDay as CalendarDate, reader.zone));
      const answer = await makeOneOffAction(payload({ linkId, name, expiresAt }));
      if (answer.status !== "made") {
        setErrors(answer.status === "invalid" ? answer.fields : { name: answer.message });
        return;
      }
      const copied = await copyText(addressOf(answer.token));
      notifications.show({
        color: "accent",
        message: words(copied ? "share.oneOffMade" : "share.oneOffMadeOnly"),
      });
      setName("");
      setErrors({});
      router.refresh();
    });
  };
  const revoke = (oneOff: OneOff) =>
    start(async () => {
      const answer = await archiveLinkAction(payload({ linkId: oneOff.id }));
      notifications.show(
        answer.status === "failed"
          ? { color: "danger", message: answer.message }
          : { color: "accent", message: words("share.revoked", { name: oneOff.name }) },
      );
      router.refresh();
    });
  return (
    <>
      <form className={classes.oneOffForm} onSubmit={make} noValidate>
        <TextInput
          label={words("share.oneOffFor")}
          value={name}
          error={errors.name}
          maxLength={160}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={words("share.oneOffExpires")}
          value={lastDay}
          error={errors.expiresAt}
          onChange={(event) => setLastDay(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} className={classes.oneOffMake}>
          {words("share.oneOffMake")}
        </Button>
      </form>
      {oneOffs.length === 0 ? (
        <p className={classes.none}>{words("share.oneOffNone")}</p>
      ) : (
        <ul className={classes.oneOffs}>
          {oneOffs.map((oneOff) => (
            <li key={oneOff.id}>
              <span className={classes.oneOffName}>
                <Link href={`/links/${oneOff.id}`} className="clip">
                  {oneOff.name}
                </Link>
                <small>
                  {formatDateShort(oneOff.createdAt, reader)}
                  {oneOff.expiresAt === null
                    ? ""
                    : ` · ${words("list.until", { date: formatDateShort(oneOff.expiresAt, reader) })}`}
                </small>
              </span>
              <Tag tone={TONES[oneOff.state]}>{words(`share.oneOffState.${oneOff.state}`)}</Tag>
              {oneOff.state === "active" ? (
                <>
                  <CopyAddress address={addressOf(oneOff.token)} name={oneOff.name} />
                  <Button
                    size="xs"
                    variant="subtle"
                    color="danger"
                    aria-label={words("share.revokeNamed", { name: oneOff.name })}
                    onClick={() => revoke(oneOff)}
                  >
                    {words("share.revoke")}
                  </Button>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
