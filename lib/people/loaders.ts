import "server-only";
import { cache } from "react";
import { NotSignedIn } from "@/lib/access/policy";
import { findActor } from "@/lib/auth/session";
import { isSetUp } from "@/lib/auth/set-up-state";
import { env } from "@/lib/env";
import { runtime } from "@/lib/runtime";
import type { Viewer } from "./core/viewer";
import { findViewer } from "./reads";

/** The person this screen is for, or undefined when nobody is signed in. Read once per request. */
export const loadViewer: () => Promise<Viewer | undefined> = cache(async () => {
  const actor = await findActor();
  if (actor.kind !== "member") return undefined;
  return findViewer(runtime().db, actor);
});

/** The person this screen is for. Throws NotSignedIn. */
export async function getViewer(): Promise<Viewer> {
  const viewer = await loadViewer();
  if (viewer === undefined) throw new NotSignedIn();
  return viewer;
}

/** Does this installation show its demonstration accounts? Then their known password is shown with them. */
export const isDemonstration = (): boolean => env.DEMONSTRATION;

/** Is there anybody here? Until there is, the only page is the one that makes the first admin. */
export const loadIsSetUp = (): Promise<boolean> => isSetUp();
