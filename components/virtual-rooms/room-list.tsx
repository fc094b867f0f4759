import { IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import type { VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { hasAccounts } from "@/lib/conferencing/core/virtual-room";
import { NewRoom } from "./new-room";
import { ProviderIcon } from "./provider-icon";
import { RoomState } from "./room-state";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

function Facts({ room }: { room: VirtualRoomView }) {
  const seats = room.accounts.reduce((sum, account) => sum + account.seats, 0);
  const accounts = t("state.accounts", { count: room.accounts.length, seats });
  const coming = t("state.coming", { count: room.coming });
  return (
    <p className={classes.facts}>
      {[
        t(`providers.${room.provider}`),
        ...(hasAccounts(room.provider) ? [accounts] : []),
        coming,
      ].join(" · ")}
    </p>
  );
}

/** Every virtual room with its provider, its pool and what is wrong with it. */
export function RoomList({
  rooms,
  reader,
}: {
  rooms: readonly VirtualRoomView[];
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("title")} context={t("context")}>
        <NewRoom />
      </PageHead>
      {rooms.length === 0 ? (
        <Blank icon={<IconVideo size={20} stroke={1.6} />} title={t("none")}>
          {t("noneWords")}
        </Blank>
      ) : (
        <ul className={classes.rows} aria-label={t("list")}>
          {rooms.map((room) => (
            <li key={room.id} className={classes.row}>
              <span className={classes.sign}>
                <ProviderIcon provider={room.provider} />
              </span>
              <div className={classes.what}>
                <h2>
                  <Link href={`/virtual-rooms/${room.id}`} data-row>
                    {room.name}
                  </Link>
                </h2>
                <Facts room={room} />
              </div>
              <div className={classes.tags}>
                <RoomState room={room} reader={reader} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
