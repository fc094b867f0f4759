import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-merge.json";

/** The texts of merging, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
