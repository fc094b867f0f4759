"use server";

import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { BeginRefusal } from "../commands/begin-import";
import { beginImport, reviseImport } from "../commands/begin-import";
import type { ImportAnswer } from "../core/import-input";
import { importForm } from "../core/import-input";

const WORDS: Readonly<Record<BeginRefusal, string>> = {
  running: "This import is running already.",
  "file-gone": "This file has been imported and is gone. Send it again.",
};

const refused = (message: string): ImportAnswer => ({ status: "refused", message });

/** Begins the import of a file that was sent, or its check, by the mapping of the payload. */
export async function beginImportAction(form: FormData): Promise<ImportAnswer> {
  return withAction<ImportAnswer>(
    "begin-import",
    async () => {
      const member = await getMember();
      const { workspaceId } = member;
      const asked = payloadOf(importForm, form);
      if (!asked?.success) {
        const words = asked?.error.issues.map(({ message }) => message).join(" ");
        return refused(words ?? "This was not understood. Load the page again.");
      }
      const begun = await beginImport({ actor: member, workspaceId, ...asked.data }, runtime());
      return begun.ok ? { status: "done", id: begun.value.id } : refused(WORDS[begun.refusal]);
    },
    refused,
  );
}

const idForm = z.strictObject({ id: z.uuid() });

/** Makes a run of the same file that waits for another mapping. */
export async function reviseImportAction(form: FormData): Promise<ImportAnswer> {
  return withAction<ImportAnswer>(
    "revise-import",
    async () => {
      const member = await getMember();
      const { workspaceId } = member;
      const asked = payloadOf(idForm, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const made = await reviseImport({ actor: member, workspaceId, ...asked.data }, runtime());
      return made.ok ? { status: "done", id: made.value.id } : refused(WORDS[made.refusal]);
    },
    refused,
  );
}
