import { AccountPage } from "./account-page";
import { EmailSection } from "./email-section";
import { InvitationsSection } from "./invitations-section";
import { NameSection } from "./name-section";
import { TeamsSection } from "./teams-section";

export const ProfilePage = () => (
  <AccountPage>
    {(account) => (
      <>
        <NameSection account={account} />
        <EmailSection account={account} />
        <TeamsSection account={account} />
        <InvitationsSection />
      </>
    )}
  </AccountPage>
);
