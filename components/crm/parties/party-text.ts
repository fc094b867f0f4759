import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-parties.json";

/** The texts of companies and contacts, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
