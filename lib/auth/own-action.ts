import { z } from "zod";
import { withAction } from "@/lib/actions/with-action";
import { throttle } from "@/lib/http/throttle";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import type { Person } from "./account";
import type { OwnAnswer } from "./core/form-answer";
import type { RefusalReason } from "./core/refusal-words";
import { REFUSAL_WORDS } from "./core/refusal-words";
import { isFresh } from "./own-sessions";
import { SignInBusy } from "./password";
import { getOwnSession } from "./session";

export type OwnDeps = Deps & { readonly throttle: ReturnType<typeof throttle> };
export type OwnPerson = Person & { readonly sessionId: string };

export const refusedFor = (reason: RefusalReason): { status: "refused"; message: string } => ({
  status: "refused",
  message: REFUSAL_WORDS[reason],
});

/**
 * A server action for a change of one's own account: parse, who is asking, were they asked who they are a short while
 * ago, then `handler`. With `fresh`, somebody who was not is told to show it and try again.
 */
export const ownAction =
  <Shape extends z.ZodType, Value>(
    about: { readonly name: string; readonly shape: Shape; readonly fresh: boolean },
    handler: (
      input: z.output<Shape>,
      person: OwnPerson,
      deps: OwnDeps,
    ) => Promise<OwnAnswer<Value>>,
  ): ((input: z.input<Shape>) => Promise<OwnAnswer<Value>>) =>
  (input) =>
    withAction<OwnAnswer<Value>>(
      about.name,
      async () => {
        const session = await getOwnSession();
        const parsed = about.shape.safeParse(input);
        if (!parsed.success) {
          return { status: "refused", message: z.prettifyError(parsed.error).slice(0, 300) };
        }
        const deps = { ...runtime(), throttle: throttle() };
        if (about.fresh && !isFresh(session.provedAt, deps.now())) return { status: "prove" };
        const { workspaceId, userId, name } = session.actor;
        const person = { workspaceId, userId, name, sessionId: session.sessionId };
        try {
          return await handler(parsed.data, person, deps);
        } catch (error) {
          if (error instanceof SignInBusy) return refusedFor("busy");
          throw error;
        }
      },
      (message) => ({ status: "refused", message }),
    );
