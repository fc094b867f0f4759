"use server";

import { revalidatePath } from "next/cache";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { encodeStarts } from "@/lib/booking/core/starts-codec";
import { bookingPageOf } from "@/lib/booking/loaders";
import { MAX_IMAGE_BYTES } from "@/lib/images/reencode";
import type { Result } from "@/lib/result";
import { runtime } from "@/lib/runtime";
import type { ChangeRefusal } from "./commands/change-address";
import { archiveLink, regenerateAddress, restoreLink } from "./commands/change-address";
import type { CreateRefusal, NewLink } from "./commands/create-link";
import { createLink, duplicateLink, makeOneOff } from "./commands/create-link";
import { keepLogo } from "./commands/keep-logo";
import { previewLink } from "./commands/preview-link";
import { saveLink } from "./commands/save-link";
import type {
  ChangedAnswer,
  LogoAnswer,
  MadeAnswer,
  PreviewAnswer,
  SaveAnswer,
} from "./core/action-answers";
import { whyNone } from "./core/none-on-offer";
import { createInput, oneLinkInput, oneOffInput, previewInput, saveInput } from "./schema";

const failed = (message: string) => ({ status: "failed", message }) as const;

const INCOMPLETE = failed("This form was not complete. Load the page again.");
/** Saves every setting of the payload's link: `{linkId, version, settings}`. */
export async function saveLinkAction(form: FormData): Promise<SaveAnswer> {
  return withAction<SaveAnswer>(
    "save-link",
    async () => {
      const actor = await getMember();
      const input = payloadOf(saveInput, form);
      if (!input?.success) return INCOMPLETE;
      const saved = await saveLink({ actor, ...input.data }, runtime());
      if (saved.ok) {
        revalidatePath("/links", "layout");
        return { status: "saved", ...saved.value };
      }
      const { refusal } = saved;
      switch (refusal.reason) {
        case "invalid":
          return { status: "invalid", fields: refusal.fields };
        case "changed-meanwhile":
          return { status: "changed", ...refusal.current };
        case "archived":
          return failed("This link is archived. Restore it to change it.");
      }
    },
    failed,
  );
}

/** What guests would find with the payload's settings: `{linkId, settings}`. Changes nothing. */
export async function previewLinkAction(form: FormData): Promise<PreviewAnswer> {
  return withAction<PreviewAnswer>(
    "preview-link",
    async () => {
      const actor = await getMember();
      const input = payloadOf(previewInput, form);
      if (!input?.success) return INCOMPLETE;
      const deps = runtime();
      const seen = await previewLink({ actor, ...input.data }, deps);
      if (!seen.ok) return { status: "invalid", fields: seen.refusal };
      const now = deps.now();
      const { starts, otherOffers, ...page } = bookingPageOf(seen.value, now);
      const offers = [{ durationMinutes: page.durationMinutes, starts }, ...otherOffers];
      return {
        status: "seen",
        page,
        offers: offers.map((offer) => ({
          durationMinutes: offer.durationMinutes,
          starts: encodeStarts(offer.starts),
        })),
        none: starts.length === 0 ? whyNone(seen.value, now) : null,
      };
    },
    failed,
  );
}

function madeOf(
  made: Result<NewLink, CreateRefusal | { readonly reason: "archived" }>,
): MadeAnswer {
  if (made.ok) {
    revalidatePath("/links", "layout");
    return { status: "made", ...made.value };
  }
  const { refusal } = made;
  switch (refusal.reason) {
    case "no-schedule":
      return failed("You have no hours to offer yet. Set them under Availability first.");
    case "archived":
      return failed("This link is archived. Restore it first.");
    case "invalid": {
      const [first = "Something in it is not there any more."] = Object.values(refusal.fields);
      return failed(`The link it was made from cannot be used as it is: ${first}`);
    }
  }
}

/** Makes a link: `{name}`, or with the settings of another one: `{name, from}`. */
export async function createLinkAction(form: FormData): Promise<MadeAnswer> {
  return withAction<MadeAnswer>(
    "create-link",
    async () => {
      const actor = await getMember();
      const input = payloadOf(createInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success) return { status: "invalid", fields: fieldMessages(input.error) };
      const { name, from } = input.data;
      return madeOf(
        from === undefined
          ? await createLink({ actor, name }, runtime())
          : await duplicateLink({ actor, name, linkId: from }, runtime()),
      );
    },
    failed,
  );
}

/** Makes a link for one booking: `{linkId, name, expiresAt}`. */
export async function makeOneOffAction(form: FormData): Promise<MadeAnswer> {
  return withAction<MadeAnswer>(
    "make-one-off",
    async () => {
      const actor = await getMember();
      const input = payloadOf(oneOffInput, form);
      if (input === undefined) return INCOMPLETE;
      if (!input.success) return { status: "invalid", fields: fieldMessages(input.error) };
      return madeOf(await makeOneOff({ actor, ...input.data }, runtime()));
    },
    failed,
  );
}

const REFUSED: Readonly<Record<ChangeRefusal, string>> = {
  "changed-meanwhile": "Somebody changed this link a moment ago. Load the page again.",
  archived: "This link is archived. Restore it first.",
  "already-so": "That has been done already.",
};

type Change = typeof archiveLink;

const changeWith = (name: string, change: Change, form: FormData): Promise<ChangedAnswer> =>
  withAction<ChangedAnswer>(
    name,
    async () => {
      const actor = await getMember();
      const input = payloadOf(oneLinkInput, form);
      if (!input?.success) return INCOMPLETE;
      const changed = await change({ actor, ...input.data }, runtime());
      if (!changed.ok) return failed(REFUSED[changed.refusal]);
      revalidatePath("/links", "layout");
      return { status: "changed", ...changed.value };
    },
    failed,
  );

/** Closes a link: `{linkId, version?}`. */
export async function archiveLinkAction(form: FormData): Promise<ChangedAnswer> {
  return changeWith("archive-link", archiveLink, form);
}

/** Opens an archived link again: `{linkId, version?}`. */
export async function restoreLinkAction(form: FormData): Promise<ChangedAnswer> {
  return changeWith("restore-link", restoreLink, form);
}

/** Gives a link a new address: `{linkId, version?}`. */
export async function regenerateLinkAction(form: FormData): Promise<ChangedAnswer> {
  return changeWith("regenerate-link", regenerateAddress, form);
}

const LOGO_REFUSED = {
  "image-too-large": "This picture is larger than 5 MB.",
  "not-an-image": "This is not a JPEG, PNG, WebP or GIF.",
  "image-too-many-pixels": "This picture has too many pixels. Make it smaller first.",
  "image-unreadable": "This picture cannot be read. Save it again as PNG or JPEG.",
} as const;

/** Keeps the form's `logo` for the link of its payload `{linkId}`. */
export async function keepLogoAction(form: FormData): Promise<LogoAnswer> {
  return withAction<LogoAnswer>(
    "keep-logo",
    async () => {
      const actor = await getMember();
      const input = payloadOf(oneLinkInput, form);
      const file = form instanceof FormData ? form.get("logo") : null;
      if (!input?.success || !(file instanceof Blob)) return INCOMPLETE;
      if (file.size > MAX_IMAGE_BYTES) return failed(LOGO_REFUSED["image-too-large"]);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const kept = await keepLogo({ actor, linkId: input.data.linkId, bytes }, runtime());
      return kept.ok ? { status: "kept", ...kept.value } : failed(LOGO_REFUSED[kept.refusal]);
    },
    failed,
  );
}
