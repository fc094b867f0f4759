"use client";

import { Button } from "@mantine/core";
import { IconDoor, IconMapPin, IconVideo } from "@tabler/icons-react";
import { useActionState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import { Tag } from "@/components/ui/tag";
import { t as onlineText } from "@/components/virtual-rooms/virtual-room-text";
import { retryOnlineAction } from "@/lib/meetings/actions/run-meeting";
import type { MeetingDetail, RoomOfMeeting } from "@/lib/meetings/core/meeting-view";
import { checkInAction } from "@/lib/occupancy/actions";
import { formatTimeRange } from "@/lib/time/format";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { ActForm } from "./act-form";
import { AnswerNotice } from "./answer-notice";
import { words } from "./editor/words";
import { Fact } from "./fact";
import classes from "./meeting-facts.module.css";
import { OnlineRefresh } from "./online-refresh";

const icon = { size: 14, stroke: 1.6, "aria-hidden": true } as const;

const ROOM_TONES = {
  approved: "neutral",
  asked: "warn",
  declined: "danger",
  released: "neutral",
} as const;

/** Says that somebody has come, so that the room stays theirs. */
function CheckIn({ room, meetingId }: { room: RoomOfMeeting; meetingId: string }) {
  const [answer, checkIn, checking] = useActionState(checkInAction, { status: "idle" });
  return (
    <>
      {room.mayCheckIn ? (
        <form action={checkIn}>
          <input type="hidden" name="meetingId" value={meetingId} />
          <input type="hidden" name="roomId" value={room.id} />
          <Button
            type="submit"
            size="xs"
            loading={checking}
            aria-label={words("rooms.checkInNamed", { name: room.name })}
          >
            {words("rooms.checkIn")}
          </Button>
        </form>
      ) : null}
      <span role="status">{answer.status === "done" ? answer.message : null}</span>
      <span role="alert">{answer.status === "refused" ? answer.message : null}</span>
    </>
  );
}

function RoomFact({
  room,
  meeting,
  reader,
}: {
  room: RoomOfMeeting;
  meeting: MeetingDetail;
  reader: ScreenReader;
}) {
  const there = { ...reader, zone: room.zone };
  const settled = room.state === "approved" && room.checkedInAt === null;
  return (
    <Fact icon={<IconDoor {...icon} />} label={t("meeting.place")}>
      {room.name}, {room.location}{" "}
      {room.zone === reader.zone ? null : (
        <small>
          {formatTimeRange({ from: meeting.start, to: meeting.end }, there)}{" "}
          {zoneAbbreviation(meeting.start, room.zone, reader.locale)}
        </small>
      )}{" "}
      {settled ? null : (
        <Tag tone={ROOM_TONES[room.state]}>
          {words(room.checkedInAt === null ? `rooms.${room.state}` : "rooms.checkedIn")}
        </Tag>
      )}
      {room.checkIn ? <CheckIn room={room} meetingId={meeting.id} /> : null}
    </Fact>
  );
}

function OnlineFact({ meeting, reader }: { meeting: MeetingDetail; reader: ScreenReader }) {
  const [answer, retry, retrying] = useActionState(retryOnlineAction, { status: "idle" });
  const { online, joinUrl } = meeting;
  if (online === null && joinUrl === null) return null;
  const failed = online?.state === "failed";
  const waits = online?.state === "wanted" && joinUrl === null;
  return (
    <Fact icon={<IconVideo {...icon} />} label={t("meeting.place")}>
      {online?.name ?? meeting.place}{" "}
      {joinUrl === null && !failed && !waits && online !== null ? (
        <small>{words("online.made")}</small>
      ) : null}
      {waits ? <small>{words("online.wanted")}</small> : null}
      {waits ? <OnlineRefresh /> : null}
      {joinUrl === null ? null : (
        <a className={`link ${classes.join}`} href={joinUrl} rel="noreferrer">
          {joinUrl.replace(/^https?:\/\//, "")}
        </a>
      )}
      {failed ? (
        <div className={classes.failed}>
          <p>{words("online.failed", { cause: online.cause ?? words("online.unknown") })}</p>
          {meeting.permitted.includes("meeting.retry-online") ? (
            <ActForm action={retry} meeting={meeting}>
              <Button type="submit" size="xs" loading={retrying}>
                {words("online.retry")}
              </Button>
            </ActForm>
          ) : null}
          {meeting.permitted.includes("meeting.edit") ? (
            <ButtonLink href={`/meetings/${meeting.id}/edit`} size="xs" variant="subtle">
              {onlineText("online.other")}
            </ButtonLink>
          ) : null}
        </div>
      ) : null}
      <AnswerNotice answer={answer} reader={reader} />
    </Fact>
  );
}

/** Where it is held: each room with its own clock and state, the online meeting and how far it is, or words. */
export function PlaceFacts({ meeting, reader }: { meeting: MeetingDetail; reader: ScreenReader }) {
  const { rooms, online, place, joinUrl } = meeting;
  const inWords = rooms.length === 0 && online === null && joinUrl === null ? place : null;
  return (
    <>
      {rooms.map((room) => (
        <RoomFact key={room.id} room={room} meeting={meeting} reader={reader} />
      ))}
      <OnlineFact meeting={meeting} reader={reader} />
      {inWords === null ? null : (
        <Fact icon={<IconMapPin {...icon} />} label={t("meeting.place")}>
          {inWords}
        </Fact>
      )}
    </>
  );
}
