import type { Database } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Instant } from "@/lib/time/instant";
import { listChanged } from "../reads/rollup-state";
import { compactWorkspace, fillOpenDays } from "../writes/rollup";

/** Between two looks while nothing is left to do: what is marked meanwhile is read from the rows. */
const REST_MS = 2_000;
/** After trouble, so that it does not fill the log. */
const TROUBLE_MS = 15_000;
/** Rounds in a row for one workspace, so that a long import there keeps nobody else waiting. */
const ROUNDS = 8;

type Deps = { readonly db: Database; readonly now: () => Instant };

/** Puts together whatever is marked, in every workspace. True: there is more. */
export async function compactChanged({ db, now }: Deps): Promise<boolean> {
  let left = false;
  for (const workspaceId of await listChanged(db)) {
    let more = true;
    for (let round = 0; more && round < ROUNDS; round += 1) {
      more = (await compactWorkspace(db, workspaceId, now()))?.more ?? false;
    }
    await fillOpenDays(db, workspaceId);
    left ||= more;
  }
  return left;
}

/** Keeps the figures put together until stopped; stopping waits for the round that is going on. */
export function keepFigures(deps: Deps): { readonly stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let going: Promise<void> = Promise.resolve();
  const again = (after: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      going = round();
    }, after);
    timer.unref();
  };
  const round = async () => {
    try {
      again((await compactChanged(deps)) ? 0 : REST_MS);
    } catch (error) {
      log.error({ err: error }, "figures could not be put together and are read from the rows");
      again(TROUBLE_MS);
    }
  };
  again(0);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await going;
    },
  };
}
