"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { pairDisplayAction, revokeDisplayAction } from "@/lib/occupancy/actions";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

const IDLE = { status: "idle" } as const;

/** A tablet at this room's door. Times in epoch ms. */
export type ShownDisplay = {
  readonly id: string;
  readonly name: string | null;
  readonly pairedAt: number;
  readonly pairedBy: string | null;
  readonly seenAt: number | null;
};

const momentWords = (at: number, reader: ScreenReader): string =>
  `${formatDateShort(instantOf(at), reader)}, ${formatTime(instantOf(at), reader)}`;

function Display({
  roomId,
  display,
  reader,
}: {
  roomId: string;
  display: ShownDisplay;
  reader: ScreenReader;
}) {
  const [answer, sendAway, pending] = useActionState(revokeDisplayAction, IDLE);
  const name = display.name ?? t("room.unnamed");
  const time = momentWords(display.pairedAt, reader);
  const paired =
    display.pairedBy === null
      ? t("room.pairedPlain", { time })
      : t("room.pairedBy", { time, name: display.pairedBy });
  const seen =
    display.seenAt === null
      ? t("room.neverSeen")
      : t("room.seen", { time: momentWords(display.seenAt, reader) });
  return (
    <li>
      <b>{name}</b>
      <span>
        {paired}, {seen}
      </span>
      <form action={sendAway}>
        <input type="hidden" name="roomId" value={roomId} />
        <input type="hidden" name="id" value={display.id} />
        <Button
          type="submit"
          variant="subtle"
          loading={pending}
          aria-label={t("room.sendAwayNamed", { name })}
        >
          {t("room.sendAway")}
        </Button>
      </form>
      {answer.status === "refused" ? <AnswerLine answer={answer} /> : null}
    </li>
  );
}

/** The tablets at a room's door, and a new one by the code it shows. */
export function RoomDisplays({
  roomId,
  displays,
  reader,
}: {
  roomId: string;
  displays: readonly ShownDisplay[];
  reader: ScreenReader;
}) {
  const [answer, pair, pending] = useActionState(pairDisplayAction, IDLE);
  const fields = answer.status === "refused" ? answer.fields : {};
  return (
    <section className={classes.part} aria-label={t("room.displays")} id="displays">
      <h2>{t("room.displays")}</h2>
      <p className={classes.help}>
        {t("room.displaysWords", { address: `/rooms/${roomId}/display` })}
      </p>
      {displays.length === 0 ? (
        <p className={classes.help}>{t("room.displaysNone")}</p>
      ) : (
        <ul className={classes.rows}>
          {displays.map((display) => (
            <Display key={display.id} roomId={roomId} display={display} reader={reader} />
          ))}
        </ul>
      )}
      <form action={pair} className={classes.inline}>
        <input type="hidden" name="roomId" value={roomId} />
        <TextInput
          name="code"
          label={t("room.code")}
          autoComplete="off"
          maxLength={16}
          required
          withAsterisk={false}
          error={fields.code}
        />
        <TextInput
          name="name"
          label={t("room.displayName")}
          placeholder={t("room.displayNameHelp")}
          maxLength={80}
          error={fields.name}
        />
        <Button type="submit" loading={pending}>
          {t("room.pair")}
        </Button>
        <AnswerLine answer={answer} />
      </form>
    </section>
  );
}
