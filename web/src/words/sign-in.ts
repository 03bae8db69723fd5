export const signIn = {
  title: "Sign in",
  working: "Signing you in",
  noLink:
    "This page needs a sign-in link. The hub prints one each time it starts: open it within ten minutes.",
  failed: "You are not signed in",
  ended: "Your session has ended",
  endedHere: "Your session has ended. Sign in again to go on; what you typed here stays.",
  open: "Signed in already? Open the dashboard",
  wayOn:
    "Start the hub again and open the link it prints. Each link is good once, for ten minutes.",
  command: "Start the hub",
};
