import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-import.json";

/** The texts of imports, by key. */
export const t = createTranslator({ locale: "en", messages });
