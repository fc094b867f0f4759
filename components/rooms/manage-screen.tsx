import { IconMapPin, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import type { Location, RoomSettings } from "@/lib/rooms/core/room";
import { LocationForm, LocationHead } from "./location-forms";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

function RoomLine({ room }: { room: RoomSettings }) {
  return (
    <li className={classes.line}>
      <Link href={`/rooms/manage/${room.id}`} className={classes.lineName}>
        {room.name}
      </Link>
      <span className={classes.tags}>
        <Tag>
          <IconUsers stroke={1.6} aria-hidden="true" />
          {t("manage.seats", { count: room.capacity })}
        </Tag>
        {room.floor === null ? null : <Tag>{room.floor}</Tag>}
        {room.partIds.length === 0 ? null : (
          <Tag>{t("manage.parts", { count: String(room.partIds.length) })}</Tag>
        )}
        {room.needsApproval ? <Tag>{t("manage.approval")}</Tag> : null}
        {room.checkIn ? <Tag>{t("manage.checkIn")}</Tag> : null}
        {room.active ? null : <Tag tone="warn">{t("manage.off")}</Tag>}
      </span>
    </li>
  );
}

/** Every location with its rooms, for those who manage them. */
export function ManageScreen({
  rooms,
  locations,
}: {
  rooms: readonly RoomSettings[];
  locations: readonly Location[];
}) {
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("manage.title")}
        context={t("manage.context", { rooms: rooms.length, places: locations.length })}
      >
        {locations.length === 0 ? null : (
          <ButtonLink href="/rooms/manage/new" variant="filled">
            {t("manage.newRoom")}
          </ButtonLink>
        )}
      </PageHead>
      {locations.length === 0 ? (
        <Blank icon={<IconMapPin size={20} stroke={1.6} />} title={t("manage.locations")}>
          {t("manage.noLocations")}
        </Blank>
      ) : null}
      {locations.map((location) => {
        const here = rooms.filter((room) => room.location === location.name);
        return (
          <section key={location.name} aria-label={location.name}>
            <LocationHead location={location} />
            {here.length === 0 ? (
              <p className={classes.none}>{t("manage.noRooms")}</p>
            ) : (
              <ul className={classes.lines}>
                {here.map((room) => (
                  <RoomLine key={room.id} room={room} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
      <section aria-labelledby="h-add">
        <SectionHead id="h-add" title={t("manage.addLocation")} />
        <LocationForm key={locations.length} />
      </section>
    </div>
  );
}
