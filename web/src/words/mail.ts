export const outbox = {
  title: "Outbox",
  description:
    "This hub sends no mail: what it would send is kept here. Open a link as if it had arrived.",
  list: "Mails",
  to: "To",
  empty: "No mail yet",
  emptyHint: "Make an account, invite somebody or ask for a new password, and its mail lands here.",
  copy: "Copy the text",
  reload: "Look again",
  off: "This hub sends its mail",
  offHint: "There is no outbox here: look into your own inbox.",
  signIn: "Back to signing in",
};
