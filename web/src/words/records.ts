import type { RecordBodies } from "../../../shared/contracts/members";

export const records = {
  title: "Records",
  legend: "What is kept of arguments and results",
  hint: "Secrets are taken out in any case. It holds for the calls that come.",
  choices: {
    masked: {
      label: "Without personal data",
      hint: "Names of mailboxes, phone and card numbers and the like are replaced.",
    },
    whole: { label: "Whole", hint: "As they went in and came out, personal data with them." },
    none: {
      label: "Nothing but their size",
      hint: "Who called what, when and how it ended is still recorded. A past call cannot be run again as it was.",
    },
  } satisfies Record<RecordBodies, { label: string; hint: string }>,
  saved: "What is recorded is changed",
};
