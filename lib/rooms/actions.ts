"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { closeRoom, reopenRoom } from "./commands/close-room";
import { dropLocation, saveLocation } from "./commands/save-location";
import { saveRoom } from "./commands/save-room";
import type { RoomAnswer } from "./core/room-answer";
import type { RoomsGrant } from "./policy";
import { roomsPolicy } from "./policy";
import { closureForm, closureRemoval, locationForm, locationRemoval, roomForm } from "./schema";

/** What a refusal is called on these pages. */
const REFUSALS: Readonly<Record<string, string>> = {
  "changed-meanwhile":
    "Somebody else changed this room meanwhile. Load the page again to see their settings; yours are not saved.",
  "no-room": "This room is gone.",
  "no-location": "This location was removed meanwhile.",
  "no-keeper": "This person is gone. Choose another keeper.",
  "location-exists": "There is a location of this name already.",
  "location-has-rooms": "This location has rooms. Move them to another one first.",
  "part-of-itself": "A room is no part of itself.",
  "part-is-made-of-parts": "A part cannot be made of parts itself.",
  "whole-is-a-part": "This room is part of another one, so it cannot be made of parts.",
  "no-such-part": "Parts have to be at the same location.",
  "part-is-taken":
    "Nothing was saved: a new part is booked at a time at which the joined room is booked, too. Move one of the meetings first.",
  "ends-before-it-starts": "The end has to be after the start.",
  "no-such-time": "The clock skips this time. Choose another.",
  "no-closure": "This was removed meanwhile.",
};

type Done = { readonly message: string; readonly roomId?: string };

type Work<Input> = (input: Input, grant: RoomsGrant, deps: Deps) => Promise<Result<Done, string>>;

/** A form of somebody who manages rooms: parsed, done, and said in words. */
const roomsForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: Work<z.output<Shape>>,
) =>
  formAction<Shape, RoomAnswer>(
    shape,
    {
      name,
      invalid: (fields, typed) => ({
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields,
        typed,
      }),
      refused: (message, typed) => ({ status: "refused", message, fields: {}, typed }),
    },
    async (input, typed) => {
      const member = await getMember();
      const grant = roomsPolicy.authorize(member, "rooms.manage", {
        workspaceId: member.workspaceId,
      });
      const result = await work(input, grant, runtime());
      if (!result.ok) {
        const message = REFUSALS[result.refusal] ?? "This could not be done.";
        return { status: "refused", message, fields: {}, typed };
      }
      revalidatePath("/rooms", "layout");
      return { status: "done", ...result.value };
    },
  );

const said = <Value, Refusal extends string>(
  result: Result<Value, Refusal>,
  words: (value: Value) => Done,
): Result<Done, string> => (result.ok ? ok(words(result.value)) : result);

const keepRoom = roomsForm("room-save", roomForm, async (input, grant, deps) =>
  said(await saveRoom(input, grant, deps), ({ id, made }) => ({
    message: made ? `${input.settings.name} was added.` : "Saved.",
    roomId: id,
  })),
);

const keepLocation = roomsForm("location-save", locationForm, async (input, grant, deps) =>
  said(await saveLocation(input, grant, deps), () => ({
    message: input.was === undefined ? `${input.name} was added.` : "Saved.",
  })),
);

const removeLocation = roomsForm("location-remove", locationRemoval, async (input, grant, deps) =>
  said(await dropLocation(input.name, grant, deps), () => ({ message: "Removed." })),
);

const close = roomsForm("room-close", closureForm, async (input, grant, deps) =>
  said(await closeRoom(input, grant, deps), () => ({ message: "Out of service then." })),
);

const reopen = roomsForm("room-reopen", closureRemoval, async (input, grant, deps) =>
  said(await reopenRoom(input, grant, deps), () => ({ message: "Back in service." })),
);

/** Makes the room of the form, or saves the one it names. */
export async function saveRoomAction(before: RoomAnswer, form: FormData) {
  return keepRoom(before, form);
}

/** Makes the location of the form, or saves the one it names. */
export async function saveLocationAction(before: RoomAnswer, form: FormData) {
  return keepLocation(before, form);
}

/** Removes the location of the form's `name`, which has no rooms. */
export async function removeLocationAction(before: RoomAnswer, form: FormData) {
  return removeLocation(before, form);
}

/** Takes the room of the form out of service for a while. */
export async function closeRoomAction(before: RoomAnswer, form: FormData) {
  return close(before, form);
}

/** Puts the room of the form back into service. */
export async function reopenRoomAction(before: RoomAnswer, form: FormData) {
  return reopen(before, form);
}
