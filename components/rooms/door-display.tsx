"use client";

import { IconAlertTriangle, IconWifiOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import classes from "./door.module.css";
import { DoorFace } from "./door-face";
import { doorWords } from "./door-words";
import { t } from "./rooms-text";
import type { Door } from "./use-door";
import { useDoor } from "./use-door";

/** The server's time, moving on each second; what it says decides what the door says. */
function useServerClock(ahead: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const tick = () => setNow(Date.now() + ahead);
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [ahead]);
  return now;
}

/** Keeps the screen on where the browser lets us; a tablet that sleeps is no sign. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      lock = await navigator.wakeLock.request("screen").catch(() => undefined);
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}

const timeIn = (at: number, zone: TimeZone): string =>
  formatTime(instantOf(Math.round(at)), { zone, locale: "en-GB", hourCycle: 24 });

/** What a tablet without a room is waiting for. */
function stepOf({ code, lostAt }: Door): "noCode" | "starting" | "code" {
  if (lostAt !== undefined) return "noCode";
  return code === undefined ? "starting" : "code";
}

function CodePage({ door }: { door: Door }) {
  const step = stepOf(door);
  return (
    <main className={classes.code} aria-live="polite">
      <h1>{t(`door.${step}`)}</h1>
      {step === "code" ? <b>{door.code?.code}</b> : null}
      <p>{t(`door.${step}Words`)}</p>
    </main>
  );
}

/** The tablet at a room's door: a code until somebody types it, then what its room is used for, for weeks. */
export function DoorDisplay({ roomId }: { roomId: string }) {
  const door = useDoor();
  const now = useServerClock(door.ahead);
  useWakeLock();
  const { answer, lostAt, trouble, busy, act } = door;
  const board = answer?.kind === "paired" ? answer.board : undefined;
  const shown = board?.room.id;
  useEffect(() => {
    // The tablet is another room's: its address says so, too.
    if (shown !== undefined && shown !== roomId) {
      window.history.replaceState(null, "", `/rooms/${shown}/display`);
    }
  }, [shown, roomId]);
  if (board === undefined || now === 0) return <CodePage door={door} />;
  const words = doorWords(board, now);
  const isLost = lostAt !== undefined;
  return (
    <main className={isLost ? classes.offline : undefined}>
      {isLost ? (
        <p className={classes.notice} role="alert">
          <IconWifiOff stroke={1.8} aria-hidden="true" />
          <span>{t("door.offlineSince", { time: timeIn(lostAt, board.room.zone) })}</span>
        </p>
      ) : null}
      <DoorFace name={board.room.name} words={words}>
        {words.buttons.map(({ act: asked, label, aria }) => (
          <button
            key={label}
            type="button"
            className={classes.act}
            disabled={busy || isLost}
            onClick={() => act(asked)}
            {...(aria === undefined ? {} : { "aria-label": aria })}
          >
            {label}
          </button>
        ))}
      </DoorFace>
      {trouble === undefined ? null : (
        <p className={classes.notice} data-tone="warn" role="alert">
          <IconAlertTriangle stroke={1.8} aria-hidden="true" />
          <span>{trouble === "" ? t("door.failed") : trouble}</span>
        </p>
      )}
    </main>
  );
}
