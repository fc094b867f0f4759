import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm.json";

/** Texts every screen of sales shares, by key; each screen has a file of its own beside it. */
export const t = createTranslator({ locale: "en", messages });
