/** Who the hub is at a token endpoint. `clientAuth` where it was negotiated, and not the manifest's. */
export type OAuthClient = {
  clientId: string;
  clientSecret: string | null;
  clientAuth?: "basic" | "post" | "none";
  /** Where the hub registered it itself: a row it makes anew where the server knows it no more. */
  registration?: { teamId: string; id: string };
};
