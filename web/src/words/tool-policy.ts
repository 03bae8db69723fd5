export const toolPolicy = {
  runsAgain: "Safe to run again",
  runsAgainHint:
    "A safe tool is asked once more when its server does not answer, and its jobs survive a crash of the hub.",
  byHints: (safe: boolean) => `As the server hints: ${safe ? "yes" : "no"}`,
  yes: "Yes",
  no: "No",
  byTeam: "set by the team",
  cache: "Keep answers for",
  cacheHint:
    "The same caller gets the same answer to the same arguments for so long. Empty: never.",
  stale: "Stand in for",
  staleHint:
    "While the server is down, an answer up to so old is given, marked as out of date. Empty: never.",
  seconds: "seconds",
  cost: "Cost of a call",
  costHint: "Units of the day’s budget. 0: it costs nothing.",
  units: "units",
  notANumber: "Write a whole number, or leave it empty.",
  tooMuch: "A week, 604800 seconds, is the most.",
  costWrong: "Write a whole number from 0 to 1000000.",
  never: "Never",
  saved: "The tool’s setting is saved.",
};
