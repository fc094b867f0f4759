import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-list.json";

/** The texts of the list of leads, by key. */
export const t = createTranslator({ locale: "en", messages });
