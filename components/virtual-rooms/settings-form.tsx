"use client";

import { Button, Checkbox } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { changeVirtualRoomAction } from "@/lib/conferencing/actions";
import type { VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { RoomFields } from "./room-fields";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

const IDLE = { status: "idle" } as const;

/** What a virtual room is called and how its meetings are made. */
export function SettingsForm({ room }: { room: VirtualRoomView }) {
  const [answer, save, pending] = useActionState(changeVirtualRoomAction, IDLE);
  const refused = answer.status === "refused" ? answer : undefined;
  const typed = refused?.typed;
  return (
    <form action={save} className={classes.fields}>
      <input type="hidden" name="roomId" value={room.id} />
      <input type="hidden" name="version" value={room.version} />
      <RoomFields
        key={`${room.version}-${JSON.stringify(typed ?? {})}`}
        provider={room.provider}
        values={{
          name: String(typed?.name ?? room.name),
          address: String(typed?.address ?? room.address ?? ""),
          settings: room.settings,
          isDefault: typed === undefined ? room.isDefault : typed.isDefault === "on",
        }}
        fields={refused?.fields ?? {}}
      />
      <Checkbox
        key={`active-${room.version}`}
        name="active"
        label={t("form.active")}
        description={t("form.activeHelp")}
        defaultChecked={room.active}
      />
      <AnswerLine answer={answer} />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {t("form.save")}
        </Button>
      </div>
    </form>
  );
}
