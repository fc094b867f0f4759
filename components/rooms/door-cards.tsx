import Link from "next/link";
import { SectionHead } from "@/components/ui/page-head";
import type { Board } from "@/lib/occupancy/core/board";
import type { Instant } from "@/lib/time/instant";
import door from "./door.module.css";
import classes from "./door-cards.module.css";
import { DoorFace } from "./door-face";
import { doorWords } from "./door-words";
import { t } from "./rooms-text";

/** The tablets at the doors as pictures: what they show now. */
export function DoorCards({
  doors,
  now,
  manages,
}: {
  doors: readonly Board[];
  now: Instant;
  manages: boolean;
}) {
  if (doors.length === 0) return null;
  return (
    <section className={classes.doors} aria-labelledby="h-doors">
      <SectionHead id="h-doors" title={t("rooms.doors")} hint={t("rooms.doorsHint")}>
        {manages ? <Link href="/rooms/manage">{t("rooms.manageDoors")}</Link> : null}
      </SectionHead>
      <ul>
        {doors.map((board) => {
          const words = doorWords(board, now);
          return (
            <li key={board.room.id}>
              <div className={classes.tablet}>
                <DoorFace name={board.room.name} words={words} small>
                  {words.buttons.map(({ label }) => (
                    <span key={label} className={door.picture} aria-hidden="true">
                      {label}
                    </span>
                  ))}
                </DoorFace>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
