import { onDrain } from "@/lib/http/draining";
import { log } from "@/lib/log";
import { Broadcast } from "./broadcast";

const PLACE = Symbol.for("meridian.live");
const shared = globalThis as typeof globalThis & { [PLACE]?: Broadcast };

/** Two states that differ only in when they were read say the same. */
const withoutMoment = (text: string): string => text.replace(/"asOf":\d+,?/, "");

function makeBroadcast(): Broadcast {
  const broadcast = new Broadcast({
    clock: () => performance.now(),
    identityOf: withoutMoment,
    onTrouble: (err) => log.warn({ err }, "what open pages are told could not be read"),
  });
  onDrain(() => broadcast.stop());
  return broadcast;
}

/** What the open pages of this process hear; one, however many bundles hold a copy of this module. */
export function live(): Broadcast {
  shared[PLACE] ??= makeBroadcast();
  return shared[PLACE];
}
