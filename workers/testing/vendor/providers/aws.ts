import type { Documented } from "./documented";

const signing = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "FwoGZXIvYXdzEXAMPLE//////////==",
};
const answer = {
  GetCallerIdentityResponse: { GetCallerIdentityResult: { Arn: "arn:aws:iam::1:user/hub" } },
};

export const aws: Documented[] = [
  {
    connector: "aws",
    method: "access-key",
    params: { region: "eu-central-1" },
    fields: signing,
    vendor: {
      api: {
        headers: {},
        aws: { ...signing, region: "eu-central-1", service: "sts" },
        routes: [
          {
            method: "POST",
            at: "https://sts.eu-central-1.amazonaws.com/",
            headers: { "content-type": "application/x-www-form-urlencoded" },
            answer,
          },
        ],
      },
    },
    quirks: ["each request signed (Signature Version 4)", "session's token", "region in the host"],
  },
  {
    connector: "any-api",
    method: "aws-sigv4",
    params: {
      baseUrl: "https://abc.execute-api.eu-west-1.amazonaws.com/prod",
      testPath: "/items?limit=1&after=a%20b",
      region: "eu-west-1",
      service: "execute-api",
    },
    fields: { accessKeyId: signing.accessKeyId, secretAccessKey: signing.secretAccessKey },
    vendor: {
      api: {
        headers: {},
        aws: {
          accessKeyId: signing.accessKeyId,
          secretAccessKey: signing.secretAccessKey,
          region: "eu-west-1",
          service: "execute-api",
        },
        routes: [
          {
            at: "https://abc.execute-api.eu-west-1.amazonaws.com/prod/items",
            query: { limit: "1", after: "a b" },
            answer: [],
          },
        ],
      },
    },
    quirks: ["each request signed, for a service of one's own"],
  },
];
