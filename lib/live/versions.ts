import { onDrain } from "@/lib/http/draining";
import { log } from "@/lib/log";
import { Broadcast } from "./broadcast";

/** How often the version of data somebody looks at is read, milliseconds: one short statement per workspace. */
const POLL_MS = 4_000;

const PLACE = Symbol.for("meridian.live-versions");
const shared = globalThis as typeof globalThis & { [PLACE]?: Broadcast };

function makeBroadcast(): Broadcast {
  const broadcast = new Broadcast({
    clock: () => performance.now(),
    identityOf: (version) => version,
    event: "version",
    onTrouble: (err) => log.warn({ err }, "the version of the data could not be read"),
  });
  // Asked for, not told of: a notice with every change of a deal would make all commits wait for each other, and the
  // next node would not hear of it anyway. Nobody there costs nothing.
  const poll = setInterval(() => broadcast.missed(), POLL_MS);
  poll.unref();
  onDrain(() => {
    clearInterval(poll);
    broadcast.stop();
  });
  return broadcast;
}

/** What the open dashboards of this process hear: the version of their workspace's data, when it is another. */
export function liveVersions(): Broadcast {
  shared[PLACE] ??= makeBroadcast();
  return shared[PLACE];
}
