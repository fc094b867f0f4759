"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import type { Typed } from "@/lib/actions/form-action";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { configuredOpener } from "./commands/configured-opener";
import { addAccount, changeSeats, removeAccount } from "./commands/save-accounts";
import { removeCredentials, setCredentials } from "./commands/save-credentials";
import {
  archiveVirtualRoom,
  changeVirtualRoom,
  makeVirtualRoom,
} from "./commands/save-virtual-room";
import { testConnection } from "./commands/test-connection";
import type { RoomAnswer } from "./core/room-answer";
import type { VirtualRoomRefusal } from "./core/virtual-room";
import {
  accountChange,
  accountRemoval,
  credentialsInput,
  credentialsRemoval,
  newAccount,
  newVirtualRoom,
  virtualRoomArchive,
  virtualRoomChange,
  virtualRoomTest,
} from "./schema";

type Refused = Extract<RoomAnswer, { status: "refused" }>;

const SENTENCES: Readonly<Record<VirtualRoomRefusal["reason"], string>> = {
  absent: "This virtual room, or this account of it, is not there any more.",
  "changed-meanwhile":
    "Somebody else changed this virtual room meanwhile. Load the page again to see it; your changes are not saved.",
  "needs-address": "Write the address everybody goes to.",
  "no-accounts-here": "A virtual room of this provider needs no accounts.",
  "account-exists": "This account is in the pool already.",
  "credentials-incomplete": "Nothing was saved. Look at the marked fields.",
  "seats-held": "Meetings to come hold these seats. Move them first, or keep as many seats.",
  "in-use": "It is still needed. Move what uses it first.",
};

function refusedAs(refusal: VirtualRoomRefusal, typed: Typed): Refused {
  const plain = { status: "refused" as const, message: SENTENCES[refusal.reason], typed };
  switch (refusal.reason) {
    case "seats-held":
    case "in-use": {
      const { meetings, more, links } = refusal;
      return { ...plain, fields: {}, holding: { meetings, more, links } };
    }
    case "credentials-incomplete":
      return { ...plain, fields: refusal.fields };
    case "needs-address":
      return { ...plain, fields: { address: plain.message } };
    case "account-exists":
      return { ...plain, fields: { account: plain.message } };
    default:
      return { ...plain, fields: {} };
  }
}

type Work<Input> = (
  input: Input,
  who: { readonly actor: Member; readonly deps: Deps },
) => Promise<Result<string, VirtualRoomRefusal>>;

/** A form of the virtual rooms: parsed, done, and said in words. A form with secrets never gets them back. */
const roomForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: Work<z.output<Shape>>,
  { secret = false }: { readonly secret?: boolean } = {},
) => {
  const kept = (typed: Typed): Typed => (secret ? {} : typed);
  return formAction<Shape, RoomAnswer>(
    shape,
    {
      name,
      invalid: (fields, typed) => ({
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields,
        typed: kept(typed),
      }),
      refused: (message, typed) => ({ status: "refused", message, fields: {}, typed: kept(typed) }),
    },
    async (input, typed) => {
      const result = await work(input, { actor: await getMember(), deps: runtime() });
      if (!result.ok) return refusedAs(result.refusal, kept(typed));
      revalidatePath("/virtual-rooms", "layout");
      return { status: "done", message: result.value };
    },
  );
};

const said = <Refusal>(
  result: Result<unknown, Refusal>,
  message: string,
): Result<string, Refusal> => (result.ok ? ok(message) : result);

const make = roomForm("virtual-room-make", newVirtualRoom, async (input, { actor, deps }) =>
  said(await makeVirtualRoom({ actor, input }, deps), `${input.name} is there.`),
);

/** Makes a virtual room. */
export async function makeVirtualRoomAction(before: RoomAnswer, form: FormData) {
  return make(before, form);
}

const change = roomForm("virtual-room-change", virtualRoomChange, async (input, who) =>
  said(await changeVirtualRoom({ actor: who.actor, input }, who.deps), "Saved."),
);

/** Changes a virtual room. */
export async function changeVirtualRoomAction(before: RoomAnswer, form: FormData) {
  return change(before, form);
}

const archive = roomForm("virtual-room-archive", virtualRoomArchive, async ({ roomId }, who) =>
  said(await archiveVirtualRoom({ actor: who.actor, roomId }, who.deps), "Archived."),
);

/** Archives a virtual room that nothing to come needs. */
export async function archiveVirtualRoomAction(before: RoomAnswer, form: FormData) {
  return archive(before, form);
}

const add = roomForm("virtual-account-add", newAccount, async (input, { actor, deps }) =>
  said(await addAccount({ actor, input }, deps), `${input.account} is in the pool.`),
);

/** Adds an account to a virtual room's pool. */
export async function addAccountAction(before: RoomAnswer, form: FormData) {
  return add(before, form);
}

const seats = roomForm("virtual-account-seats", accountChange, async (input, { actor, deps }) =>
  said(await changeSeats({ actor, input }, deps), "Saved."),
);

/** Gives an account another number of seats. */
export async function changeSeatsAction(before: RoomAnswer, form: FormData) {
  return seats(before, form);
}

const drop = roomForm("virtual-account-remove", accountRemoval, async (input, { actor, deps }) =>
  said(await removeAccount({ actor, ...input }, deps), "The account is out of the pool."),
);

/** Takes an account out of its pool. */
export async function removeAccountAction(before: RoomAnswer, form: FormData) {
  return drop(before, form);
}

const store = roomForm(
  "virtual-room-credentials",
  credentialsInput,
  async (input, { actor, deps }) =>
    said(await setCredentials({ actor, input }, deps), "The credentials are set."),
  { secret: true },
);

/** Stores a virtual room's credentials, in place of those before. */
export async function setCredentialsAction(before: RoomAnswer, form: FormData) {
  return store(before, form);
}

const forget = roomForm(
  "virtual-room-credentials-remove",
  credentialsRemoval,
  async ({ roomId }, { actor, deps }) =>
    said(
      await removeCredentials({ actor, roomId }, deps),
      "The credentials are removed. From now on those of the server count.",
    ),
);

/** Forgets a virtual room's stored credentials. */
export async function removeCredentialsAction(before: RoomAnswer, form: FormData) {
  return forget(before, form);
}

const tryOut = formAction<typeof virtualRoomTest, RoomAnswer>(
  virtualRoomTest,
  {
    name: "virtual-room-test",
    invalid: (fields, typed) => ({
      status: "refused",
      message: "This form was not complete. Load the page again.",
      fields,
      typed,
    }),
    refused: (message, typed) => ({ status: "refused", message, fields: {}, typed }),
  },
  async ({ roomId, accountId }, typed) => {
    const deps = runtime();
    const actor = await getMember();
    const asked = { actor, roomId, accountId };
    const tested = await testConnection(asked, { ...deps, open: configuredOpener(deps) });
    if (!tested.ok) return refusedAs({ reason: "absent" }, typed);
    revalidatePath("/virtual-rooms", "layout");
    return tested.value.works
      ? { status: "done", message: `It works. We are ${tested.value.as} there.` }
      : { status: "refused", message: tested.value.cause, fields: {}, typed };
  },
);

/** Tries a virtual room's credentials with one of its accounts. */
export async function testConnectionAction(before: RoomAnswer, form: FormData) {
  return tryOut(before, form);
}
