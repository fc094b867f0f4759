"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DoorAnswer, PairingAnswer } from "@/lib/occupancy/core/door-wire";
import type { DoorAct } from "./door-words";

/** How often a tablet looks, milliseconds: when all is well, while it waits for its code, and after failures. */
const LOOK_MS = 20_000;
const WAIT_MS = 4_000;
const RETRY_MS = [5_000, 10_000, 20_000, 40_000, 60_000];
const PATIENCE_MS = 10_000;

export type Door = {
  /** What was answered last; undefined before the first answer. */
  readonly answer: DoorAnswer | undefined;
  readonly code: PairingAnswer | undefined;
  /** The server's clock minus this one's, milliseconds. */
  readonly ahead: number;
  /** By the server's clock, when the connection was lost; undefined while there is one. */
  readonly lostAt: number | undefined;
  readonly trouble: string | undefined;
  readonly busy: boolean;
  readonly act: (asked: DoorAct) => void;
};

type Known = Pick<Door, "answer" | "code" | "ahead" | "lostAt">;

const NOTHING: Known = { answer: undefined, code: undefined, ahead: 0, lostAt: undefined };

class Refused extends Error {}

async function answered<Answer>(request: Promise<Response>): Promise<Answer> {
  const response = await request;
  const body = (await response.json()) as Answer & { error?: { message?: string } };
  if (response.ok) return body;
  const words = body.error?.message;
  throw response.status < 500 && words !== undefined ? new Refused(words) : new Error("no answer");
}

const look = () =>
  answered<DoorAnswer>(
    fetch("/api/v1/displays/current", {
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );

const askCode = () =>
  answered<PairingAnswer>(
    fetch("/api/v1/displays/pairing", {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );

const tap = (asked: DoorAct) =>
  answered<DoorAnswer>(
    fetch("/api/v1/displays/current", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );

/** One look, and a new code where one is needed. */
async function lookOnce(before: Known): Promise<Known> {
  const answer = await look();
  const ahead = answer.now - Date.now();
  if (answer.kind === "paired") return { answer, code: undefined, ahead, lostAt: undefined };
  const isGood =
    answer.kind === "pairing" && before.code !== undefined && before.code.expiresAt > answer.now;
  const code = isGood ? before.code : await askCode();
  return { answer: { ...answer, kind: "pairing" }, code, ahead, lostAt: undefined };
}

/**
 * What a tablet knows, for weeks: only the last answer is kept. It looks again by itself, sooner after a failure and
 * then ever more patiently, at once when the network is back or somebody wakes it; and when another build is served,
 * the page loads itself again.
 */
export function useDoor(): Door {
  const [known, setKnown] = useState<Known>(NOTHING);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const latest = useRef(NOTHING);

  const keep = useCallback((next: Known) => {
    const first = latest.current.answer?.build;
    if (first !== undefined && next.answer !== undefined && next.answer.build !== first) {
      window.location.reload();
    }
    latest.current = next;
    setKnown(next);
  }, []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let stopped = false;
    let running = false;
    const again = (delay: number) => {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(run, delay);
    };
    const run = async () => {
      if (running || stopped) return;
      running = true;
      try {
        keep(await lookOnce(latest.current));
        failures = 0;
        again(latest.current.code === undefined ? LOOK_MS : WAIT_MS);
      } catch {
        const { lostAt, ahead } = latest.current;
        keep({ ...latest.current, lostAt: lostAt ?? Date.now() + ahead });
        again(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? LOOK_MS);
        failures += 1;
      } finally {
        running = false;
      }
    };
    const now = () => again(0);
    const onVisible = () => {
      if (document.visibilityState === "visible") now();
    };
    const onOffline = () => {
      const { lostAt, ahead } = latest.current;
      keep({ ...latest.current, lostAt: lostAt ?? Date.now() + ahead });
    };
    window.addEventListener("online", now);
    window.addEventListener("offline", onOffline);
    document.addEventListener("visibilitychange", onVisible);
    now();
    return () => {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener("online", now);
      window.removeEventListener("offline", onOffline);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [keep]);

  const act = useCallback(
    (asked: DoorAct) => {
      setBusy(true);
      setTrouble(undefined);
      tap(asked)
        .then((answer) => {
          keep({ ...latest.current, answer, ahead: answer.now - Date.now(), lostAt: undefined });
        })
        .catch((error: unknown) => setTrouble(error instanceof Refused ? error.message : ""))
        .finally(() => setBusy(false));
    },
    [keep],
  );

  return { ...known, trouble, busy, act };
}
