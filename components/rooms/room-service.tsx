"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { closeRoomAction, reopenRoomAction } from "@/lib/rooms/actions";
import type { RoomClosure, RoomSettings } from "@/lib/rooms/core/room";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

const IDLE = { status: "idle" } as const;

const momentWords = (at: number, zone: TimeZone, reader: ScreenReader): string => {
  const there = { ...reader, zone };
  return `${formatDateShort(instantOf(at), there)}, ${formatTime(instantOf(at), there)}`;
};

function Closure({
  room,
  closure,
  reader,
}: {
  room: RoomSettings;
  closure: RoomClosure;
  reader: ScreenReader;
}) {
  const [answer, reopen, pending] = useActionState(reopenRoomAction, IDLE);
  const words = (at: number) => momentWords(at, room.zone, reader);
  const time = `${words(closure.from)} – ${words(closure.to)}`;
  return (
    <li>
      <b className="num">{time}</b>
      <span>{closure.note}</span>
      <form action={reopen}>
        <input type="hidden" name="roomId" value={room.id} />
        <input type="hidden" name="id" value={closure.id} />
        <Button
          type="submit"
          variant="subtle"
          loading={pending}
          aria-label={t("room.reopenNamed", { time })}
        >
          {t("room.reopen")}
        </Button>
      </form>
      {answer.status === "refused" ? <AnswerLine answer={answer} /> : null}
    </li>
  );
}

/** When a room is out of service: what is known, and a new time. */
export function RoomService({
  room,
  closures,
  reader,
}: {
  room: RoomSettings;
  closures: readonly RoomClosure[];
  reader: ScreenReader;
}) {
  const [answer, close, pending] = useActionState(closeRoomAction, IDLE);
  const fields = answer.status === "refused" ? answer.fields : {};
  const typed = answer.status === "refused" ? answer.typed : {};
  return (
    <section className={classes.part} aria-label={t("room.closures")}>
      <h2>{t("room.closures")}</h2>
      {closures.length === 0 ? (
        <p className={classes.help}>{t("room.closuresNone")}</p>
      ) : (
        <ul className={classes.rows}>
          {closures.map((closure) => (
            <Closure key={closure.id} room={room} closure={closure} reader={reader} />
          ))}
        </ul>
      )}
      <form action={close} className={classes.inline}>
        <input type="hidden" name="roomId" value={room.id} />
        <TextInput
          type="datetime-local"
          name="from"
          label={t("room.closeFrom")}
          defaultValue={String(typed.from ?? "")}
          error={fields.from}
        />
        <TextInput
          type="datetime-local"
          name="to"
          label={t("room.closeTo")}
          defaultValue={String(typed.to ?? "")}
          error={fields.to}
        />
        <TextInput
          name="note"
          label={t("room.closeNote")}
          defaultValue={String(typed.note ?? "")}
          maxLength={200}
          error={fields.note}
        />
        <Button type="submit" loading={pending}>
          {t("room.close")}
        </Button>
        <AnswerLine answer={answer} />
      </form>
      <p className={classes.help}>
        {t("room.zoneWords", { zone: room.zone.replaceAll("_", " ") })}
      </p>
    </section>
  );
}
