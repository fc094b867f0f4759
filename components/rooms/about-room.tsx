"use client";

import { Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ScreenReader } from "@/components/shell/viewer";
import type { TimelineRoom } from "@/lib/occupancy/core/timeline";
import classes from "./about-room.module.css";
import { timeThere } from "./room-words";
import { t } from "./rooms-text";
import timeline from "./timeline.module.css";

/** A room's name, and behind it what it looks like and has. */
export function AboutRoom({ room, reader }: { room: TimelineRoom; reader: ScreenReader }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const facts = [
    [room.floor, room.detail].filter(Boolean).join(", "),
    t("rooms.seats", { count: room.capacity }),
    room.equipment.join(", "),
    room.open
      .map(
        ({ from, to }) =>
          `${timeThere(from, room.zone, reader)}–${timeThere(to, room.zone, reader)}`,
      )
      .join(", "),
    room.needsApproval ? t("rooms.approvalNeeded") : "",
    room.bookable ? "" : t("rooms.kept"),
  ].filter((fact) => fact !== "");
  return (
    <Popover
      opened={opened}
      onChange={(next) => (next ? undefined : close())}
      position="bottom-start"
      width={300}
      shadow="md"
      trapFocus={false}
      withinPortal
    >
      <Popover.Target>
        <button type="button" className={timeline.roomName} onClick={toggle}>
          {room.name}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {room.photoId === null ? null : (
          // biome-ignore lint/performance/noImgElement: re-encoded by us in its final size, and immutable.
          <img
            className={classes.photo}
            src={`/api/v1/images/${room.photoId}`}
            alt={room.name}
            width={268}
            height={151}
            loading="lazy"
          />
        )}
        <p className={classes.title}>
          {room.name}, {room.location}
        </p>
        <ul className={classes.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
