import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-crm-activities.json";

/** The texts of activities, by key: pages, notices and mails say the same words. */
export const t = createTranslator({ locale: "en", messages });
