import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-new.json";

/** The texts of the form of a new deal, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
